import type * as z from 'zod/mini';
import { MAX_TEXT_CHARACTERS } from '../text/check-text.ts';
import type { LoadedModel } from './load-model.ts';
import type { modelDescriptionSchema } from './model-description-schema.ts';

/** A model as the API shows it. */
export type ModelDescription = z.output<typeof modelDescriptionSchema>;

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
