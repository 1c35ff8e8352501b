import { z } from 'zod';
import { parseSettings } from './parse-settings.ts';

/** Pixels a side: B = 42 cells of 16 pixels allow 672. */
const MAX_IMAGE_SIDE_PIXELS = 1024;
/** Characters of a prompt template: the published ones have under 50. */
const MAX_PROMPT_CHARACTERS = 1000;

/** Braces other than `{}` would mean fields, escapes or formats of Python's `str.format`. */
const PROMPT = /^[^{}]*\{\}[^{}]*(\{\}[^{}]*)?$/;

/** Values of absent settings are those of ModelScope's OFA preprocessor. */
const TASK = z.object({
  task: z.literal('visual-entailment').nullish(),
  model: z.object({
    language: z.literal('en').nullish(),
    prompt_type: z
      .enum(['none', 'src', 'prev_output'])
      .nullish()
      .transform((value) => value ?? 'none'),
    prompt: z
      .string()
      .max(MAX_PROMPT_CHARACTERS)
      .regex(PROMPT, 'must hold {} once or twice and no other braces')
      .nullish()
      .transform((value) => value ?? null),
    patch_image_size: z
      .int()
      .min(16)
      .max(MAX_IMAGE_SIDE_PIXELS)
      .multipleOf(16)
      .nullish()
      .transform((value) => value ?? 480),
    imagenet_default_mean_and_std: z
      .boolean()
      .nullish()
      .transform((value) => value ?? false),
    max_src_length: z
      .int()
      .min(1)
      .nullish()
      .transform((value) => value ?? 256),
    answer2label: z
      .string()
      .regex(/^[\w.-]+\.json$/, 'must be the name of a JSON file in the folder')
      .nullish()
      .transform((value) => value ?? 'ans2label.json'),
  }),
});

/** The checked settings under `model` of configuration.json, under their names there. */
export type TaskSettings = z.infer<typeof TASK>['model'];

/**
 * What configuration.json says about the picture, the prompt and the answers.
 *
 * @param settings The file's content.
 * @throws {ConvertError} A setting past its cap, another task, or another language.
 */
export function taskSettings(settings: unknown): TaskSettings {
  return parseSettings('configuration.json', TASK, settings).model;
}
