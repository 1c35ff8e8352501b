import { byteAlphabet } from '../../../scripts/convert/tokenizer/byte-alphabet.ts';
import type { CompiledTokenizer } from '../../../scripts/convert/tokenizer/compile-tokenizer.ts';

/** Joins the bytes of tokens to a text: the way back that the product does not need. */
export function decodeIds(ids: readonly number[], tokenizer: CompiledTokenizer): string {
  const alphabet = byteAlphabet();
  const letters = ids.map(tokenizer.tokenOf).join('');
  const bytes = Uint8Array.from(letters, (letter) => alphabet.indexOf(letter));
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}
