/** Bytes that stand for themselves: what Latin-1 prints, but for the space and the soft hyphen. */
const PRINTED = /[!-~¡-¬®-ÿ]/;

/**
 * The characters in which vocab.json and merges.txt write bytes: a byte's own when it prints, else
 * the next one from U+0100 on (the space is `Ġ`, the newline `Ċ`).
 *
 * @returns `[256]`, by byte.
 * @see `bytes_to_unicode`, https://github.com/openai/gpt-2/blob/master/src/encoder.py
 */
export function byteAlphabet(): string[] {
  let next = 0x100;
  return Array.from({ length: 256 }, (_, byte) => {
    const own = String.fromCharCode(byte);
    return PRINTED.test(own) ? own : String.fromCharCode(next++);
  });
}
