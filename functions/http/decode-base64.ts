const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const INVALID = 64;
const BLANK = 65;
const PAD = 66;

const KINDS = new Uint8Array(128).fill(INVALID);
for (const [value, character] of [...ALPHABET].entries()) KINDS[character.charCodeAt(0)] = value;
for (const blank of ' \t\n\r') KINDS[blank.charCodeAt(0)] = BLANK;
KINDS['='.charCodeAt(0)] = PAD;

/**
 * Reads base64 without the copies that `atob()` makes, of which megabytes of image would need two.
 *
 * White space is passed over; padding may be left out but not be wrong, and the bits it covers
 * must be 0.
 *
 * @param start Where in the text to begin.
 * @returns null when it is not base64.
 * @see RFC 4648, section 4
 */
export function decodeBase64(text: string, start: number): Uint8Array<ArrayBuffer> | null {
  const bytes = new Uint8Array(Math.ceil(((text.length - start) * 3) / 4));
  let filled = 0;
  let bits = 0;
  let held = 0;
  let digits = 0;
  let pads = 0;
  for (let at = start; at < text.length; at += 1) {
    const kind = KINDS[text.charCodeAt(at)] ?? INVALID;
    if (kind === BLANK) continue;
    if (kind === INVALID || (pads > 0 && kind !== PAD)) return null;
    if (kind === PAD) {
      pads += 1;
      continue;
    }
    digits += 1;
    bits = ((bits << 6) | kind) & 0xfff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes[filled] = bits >> held;
      filled += 1;
    }
  }
  const leftOver = bits & ((1 << held) - 1);
  if (digits % 4 === 1 || leftOver !== 0) return null;
  if (pads > 0 && (pads > 2 || (digits + pads) % 4 !== 0)) return null;
  return bytes.subarray(0, filled);
}
