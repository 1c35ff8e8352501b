import { ConvertError } from '../convert-error.ts';
import type { CompiledTokenizer } from './compile-tokenizer.ts';

/**
 * Finds the token of each answer, which is read with a space in front of it.
 *
 * @param answers Keys of `ans2label.json`: yes, no, maybe.
 * @returns `[answers]` ids, in the order given.
 * @throws {ConvertError} When an answer is several tokens: the Worker reads one position only.
 */
export function answerIds(
  answers: readonly string[],
  tokenizer: Pick<CompiledTokenizer, 'encode' | 'tokenOf'>,
): number[] {
  return answers.map((answer) => {
    const [id, ...rest] = tokenizer.encode(` ${answer}`);
    if (id !== undefined && rest.length === 0) return id;
    const tokens = tokenizer.encode(` ${answer}`).map(tokenizer.tokenOf).join(' ');
    throw new ConvertError(
      `Cannot use the answer "${answer}": ${tokens} are several tokens, not one`,
    );
  });
}
