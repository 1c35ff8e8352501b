import type { VisionBackend } from '../model/vision-stage.ts';
import { MAX_TEXT_CHARACTERS } from '../text/check-text.ts';
import type { LoadedModel } from './load-model.ts';

/** A model as the API shows it. */
export interface ModelDescription {
  readonly name: string;
  /** `sha256:` and the hash of the manifest's bytes. */
  readonly revision: string;
  readonly dtype: 'int8' | 'fp32';
  /** What runs vision: our own kernels, or onnxruntime-web. */
  readonly vision: VisionBackend;
  readonly state: 'ready';
  /** Pixels a side that the model sees. */
  readonly image: { readonly side: number };
  /** What is taken, and how much of the prompt the model reads. */
  readonly text: {
    readonly max_characters: number;
    readonly max_source_tokens: number;
  };
}

/** Describes a loaded model. */
export function describeModel({ manifest, revision, engine }: LoadedModel): ModelDescription {
  return {
    name: manifest.name,
    revision,
    dtype: manifest.dtype,
    vision: engine.vision,
    state: 'ready',
    image: { side: manifest.image.side },
    text: {
      max_characters: MAX_TEXT_CHARACTERS,
      max_source_tokens: manifest.text.maxSourceLength,
    },
  };
}
