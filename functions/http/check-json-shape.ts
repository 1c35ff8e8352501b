import { EntailError } from '../lib/entail-error.ts';

/** A batch is an object with a list in it; the rest is room for fields that are passed over. */
export const MAX_JSON_DEPTH = 16;
/** A batch has some 40; 14 MB of `[],[],` would be millions, of 30 bytes of heap and more each. */
export const MAX_JSON_VALUES = 1000;

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const OPENING: ReadonlySet<number | undefined> = new Set([0x5b, 0x7b]);
const CLOSING: ReadonlySet<number | undefined> = new Set([0x5d, 0x7d]);

/**
 * Refuses JSON that would take far more memory parsed than it does as text; whether it is JSON at all, the parser says.
 *
 * Looks at what stands outside of texts only, so an image in base64 is passed over at the speed of a search.
 *
 * @param bytes UTF-8.
 * @throws {EntailError} `invalid_request`: too deep, or too many values.
 */
export function checkJsonShape(bytes: Uint8Array): void {
  let depth = 0;
  let values = 1;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) at = endOfText(bytes, at);
    else if (byte === COMMA) values += 1;
    else if (CLOSING.has(byte)) depth -= 1;
    else if (OPENING.has(byte)) {
      depth += 1;
      values += 1;
    }
    if (depth > MAX_JSON_DEPTH) throw tooMuch(`nested deeper than ${MAX_JSON_DEPTH}`);
    if (values > MAX_JSON_VALUES) throw tooMuch(`more than ${MAX_JSON_VALUES} values`);
  }
}

/** Where the text that begins at a quote ends; the end of the bytes when it does not. */
function endOfText(bytes: Uint8Array, begin: number): number {
  for (let at = begin; ; ) {
    at = bytes.indexOf(QUOTE, at + 1);
    if (at < 0) return bytes.length;
    let backslashes = 0;
    while (bytes[at - 1 - backslashes] === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return at;
  }
}

function tooMuch(what: string): EntailError {
  return new EntailError('invalid_request', `cannot read the body: JSON with ${what}`);
}
