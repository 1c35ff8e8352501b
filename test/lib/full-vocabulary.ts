import { byteAlphabet } from '../../scripts/convert/tokenizer/byte-alphabet.ts';
import { smallVocabulary } from '../../scripts/synthetic/small-vocabulary.ts';

/** Tokens of BART's vocabulary, which OFA's text is written in. */
const TOKENS = 50_265;

/** The small vocabulary, filled up with pairs of bytes to the size of the published one. */
export function fullVocabulary(): { vocabJson: string; mergesText: string } {
  const small = smallVocabulary();
  const ids = new Map<string, number>(Object.entries(JSON.parse(small.vocabJson)));
  const merges: string[] = [];
  for (const first of byteAlphabet()) {
    for (const second of byteAlphabet()) {
      if (ids.size === TOKENS) break;
      if (ids.has(first + second)) continue;
      ids.set(first + second, ids.size);
      merges.push(`${first} ${second}`);
    }
  }
  return {
    vocabJson: JSON.stringify(Object.fromEntries(ids)),
    mergesText: `${small.mergesText}${merges.join('\n')}\n`,
  };
}
