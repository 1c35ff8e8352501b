import type { Tokenizer } from './tokenizer.ts';
import { type PromptSettings, type Question, writePrompt } from './write-prompt.ts';

export type { Question } from './write-prompt.ts';

/** Ids of `<s>` and `</s>` in every BART vocabulary; the converter refuses others. */
const BEGIN = 0;
const END = 2;

/** How the model wants to be asked, from its manifest. */
export interface TextSettings extends PromptSettings {
  /** What the decoder is fed before it answers. */
  readonly promptType: 'none' | 'src' | 'prev_output';
}

/** Token ids of one question. */
export interface EncodedQuestion {
  /** `<s>`, at most `maxSourceLength` ids, `</s>`. */
  readonly encoder: number[];
  /** The answer is read after the last one. */
  readonly decoder: number[];
}

/**
 * Turns a question into the token ids of both halves of the model.
 *
 * Text is plain text always. The published tokenizer looks for `<s>`, `<pad>`, `<unk>`, `<mask>`,
 * `<code_0>`, `<bin_0>` and their like inside a sentence and makes control tokens, image codes and
 * locations of them (`</s>` is broken by `preCaption()`); here they are spelled out in bytes, so that
 * nobody's sentence can pretend to be the prompt.
 *
 * @param question Texts that `checkText()` let through.
 * @throws {EntailError} `invalid_request` | `model_integrity`, see `writePrompt()`.
 * @see `OfaBasePreprocessor.tokenize_text` of ModelScope
 */
export function encodeQuestion(
  question: Question,
  settings: TextSettings,
  tokenizer: Tokenizer,
): EncodedQuestion {
  const ids = tokenizer.encode(writePrompt(question, settings)).slice(0, settings.maxSourceLength);
  const open = [BEGIN, ...ids];
  const encoder = [...open, END];
  switch (settings.promptType) {
    case 'none':
      return { encoder, decoder: [BEGIN] };
    case 'src':
      return { encoder, decoder: [...encoder] };
    case 'prev_output':
      return { encoder, decoder: open };
  }
}
