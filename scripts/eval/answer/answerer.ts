import type { ByLabel } from '../../../functions/model/engine.ts';
import type { Label } from '../../../functions/pipeline/verdict.ts';

/** What a model made of a pair. */
export interface Answer {
  readonly label: Label;
  readonly scores: ByLabel;
}

/** A picture that a model is ready to be asked about. */
export interface OpenPicture {
  /** @throws {Error} why there is no answer. */
  ask(hypothesis: string, premise: string | null): Promise<Answer>;
  /** Gives the picture's memory back. */
  release(): void;
}

/** A model to be evaluated, wherever it runs. */
export interface Answerer {
  readonly model: ModelName;
  /** In this process, or over HTTP; answers of one never stand for the other's. */
  readonly via: 'here' | 'endpoint';
  /** Questions under way at a time. */
  readonly concurrency: number;
  /**
   * Gets a picture ready, once for all its sentences.
   *
   * @param picture A JPEG or PNG file.
   */
  open(picture: Uint8Array): Promise<OpenPicture>;
  /** Gives the model's memory back. */
  close(): void;
}

/** Which model it is. */
export interface ModelName {
  readonly name: string;
  /** `sha256:` and the hash of the manifest's bytes. */
  readonly revision: string;
  readonly dtype: 'int8' | 'fp32';
}
