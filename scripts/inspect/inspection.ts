import type { PromptIds } from '../../functions/model/engine.ts';
import type { OrtRuntime } from '../../functions/model/ort-runtime.ts';
import type { Label } from '../../functions/pipeline/verdict.ts';
import type { ModelSource } from '../convert/author-model.ts';

/** A question about one of the pictures. */
export interface InspectedQuestion {
  /** Which picture. */
  readonly picture: number;
  readonly prompt: PromptIds;
  /** The truth, where it is known. */
  readonly label: Label | null;
}

/** What a model is asked to see what int8 does to it. */
export interface InspectionSet {
  /** Each `[side, side, 3]`, RGB, 0-255. */
  readonly pictures: readonly Uint8Array[];
  readonly questions: readonly InspectedQuestion[];
  /** Pictures to take ranges from, none of those above; where there are none the same. */
  readonly calibration: readonly Uint8Array[];
}

/** What is inspected, and with what. */
export interface Inspection {
  readonly source: ModelSource;
  readonly set: InspectionSet;
  readonly runtime: OrtRuntime;
  /** Called as work goes on. */
  readonly onProgress: (step: string, done: number, total: number) => void;
}
