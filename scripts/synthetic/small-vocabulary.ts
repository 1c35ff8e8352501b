import { byteAlphabet } from '../convert/tokenizer/byte-alphabet.ts';

const CONTROL_TOKENS = ['<s>', '<pad>', '</s>', '<unk>'];

/** Words that shall be one token each, with the space before them: answers, prompts, everyday scenes. */
const WORDS = `yes no maybe " does the image describe can and text imply
  a an there is are one two three man men woman women child people person dog dogs cat bird birds
  in on at of with to from near his her their outside inside not nobody
  red blue green black white big small young old
  sits stands walks runs plays eats sleeps wears holds looks talks sitting standing walking running
  street park beach water grass house table chair ball bike car shirt hat food happy sad`;

/**
 * A byte-level vocabulary of our own, for models that are not trained: a few hundred tokens, the words
 * above whole, everything else in bytes.
 *
 * @returns `vocab.json` and `merges.txt` as a checkpoint folder has them, control tokens as BART's.
 */
export function smallVocabulary(): { vocabJson: string; mergesText: string } {
  const bytes = byteAlphabet();
  const space = bytes[0x20] ?? '';
  const tokens = new Set([...CONTROL_TOKENS, ...bytes]);
  const merges = new Set<string>();
  // A word grows letter by letter from its space. As nothing else merges, nothing gets in its way.
  for (const word of WORDS.split(/\s+/)) {
    let token = space;
    for (const letter of word) {
      merges.add(`${token} ${letter}`);
      token += letter;
      tokens.add(token);
    }
  }
  const vocabulary = Object.fromEntries(Array.from(tokens, (token, id) => [token, id]));
  return {
    vocabJson: JSON.stringify(vocabulary),
    mergesText: `#version: 0.2\n${[...merges].join('\n')}\n`,
  };
}
