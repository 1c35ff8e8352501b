import { readFileSync } from 'node:fs';
import { PNG } from 'pngjs';
import * as z from 'zod';
import type { PromptIds } from '../../functions/model/engine.ts';

/**
 * Outputs of the published PyTorch implementation, float32, for weights that anyone can recompute; made in 2026 for
 * this project (see `test/fixtures/README.md`).
 */
export interface ReferenceCase {
  readonly image: string;
  readonly text: string;
  readonly premise: string | null;
  readonly prompt_type: 'none' | 'src' | 'prev_output';
  readonly input_ids: readonly number[];
  readonly decoder_input_ids: readonly number[];
  readonly image_tokens: {
    readonly shape: readonly number[];
    readonly first_token_first_8: readonly number[];
    readonly last_token_last_8: readonly number[];
    readonly mean: number;
    readonly std: number;
  };
  readonly logits: { readonly yes: number; readonly no: number; readonly maybe: number };
  readonly probabilities: {
    readonly entailment: number;
    readonly neutral: number;
    readonly contradiction: number;
  };
  readonly label: string;
}

const numbers = z.array(z.number());
const cases = z.array(
  z.object({
    image: z.string(),
    text: z.string(),
    premise: z.string().nullable(),
    prompt_type: z.enum(['none', 'src', 'prev_output']),
    input_ids: numbers,
    decoder_input_ids: numbers,
    image_tokens: z.object({
      shape: numbers,
      first_token_first_8: numbers,
      last_token_last_8: numbers,
      mean: z.number(),
      std: z.number(),
    }),
    logits: z.object({ yes: z.number(), no: z.number(), maybe: z.number() }),
    probabilities: z.object({
      entailment: z.number(),
      neutral: z.number(),
      contradiction: z.number(),
    }),
    label: z.string(),
  }),
);

const FIXTURES = new URL('../fixtures/', import.meta.url);

/** Reads the cases of one model. */
export function referenceCases(
  model: 'micro' | 'micro-synthetic' | 'full',
): readonly ReferenceCase[] {
  const json: unknown = JSON.parse(
    readFileSync(new URL(`reference/${model}-cases.json`, FIXTURES), 'utf8'),
  );
  return cases.parse(
    Array.isArray(json) ? json : z.object({ cases: z.unknown() }).parse(json).cases,
  );
}

/** The token ids that the published tokenizer made of a case. */
export function promptOf({ input_ids, decoder_input_ids }: ReferenceCase): PromptIds {
  return { encoder: input_ids, decoder: decoder_input_ids };
}

/** A reference image after the published preprocessing, `[side, side, 3]`. */
export function resizedPixels(image: string, side: number): Uint8Array {
  const png = PNG.sync.read(readFileSync(new URL(`resized/${image}.${side}.png`, FIXTURES)));
  return Uint8Array.from({ length: side * side * 3 }, (_, i) => {
    return png.data[Math.floor(i / 3) * 4 + (i % 3)] ?? 0;
  });
}
