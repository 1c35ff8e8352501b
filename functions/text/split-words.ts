/**
 * `White_Space` is what `\s` means to the `regex` package of Python, which the published tokenizer uses;
 * JavaScript's own `\s` adds U+FEFF and misses U+0085.
 */
const WORD =
  /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\p{White_Space}\p{L}\p{N}]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+/gu;

/**
 * Cuts a text into the words that byte-pair merges never cross; joined they are the text again.
 *
 * @see https://github.com/openai/gpt-2/blob/master/src/encoder.py
 */
export function splitWords(text: string): string[] {
  return text.match(WORD) ?? [];
}
