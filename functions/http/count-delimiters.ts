const LINE_FEED = 0x0a;

/**
 * Counts the lines of a multipart body that a parser may take for a delimiter: each part costs objects however small it
 * is, so they are counted before there are any.
 *
 * @param boundary ASCII.
 * @param most Where counting ends.
 * @returns At most `most`.
 */
export function countDelimiters(bytes: Uint8Array, boundary: string, most: number): number {
  const line = new TextEncoder().encode(`--${boundary}`);
  let count = 0;
  for (let at = 0; at >= 0 && count < most; ) {
    if (line.every((byte, index) => bytes[at + index] === byte)) count += 1;
    const end = bytes.indexOf(LINE_FEED, at);
    at = end < 0 ? -1 : end + 1;
  }
  return count;
}
