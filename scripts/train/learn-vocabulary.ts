import { splitWords } from '../../functions/text/split-words.ts';
import { byteAlphabet } from '../convert/tokenizer/byte-alphabet.ts';
import { learnMerges } from './learn-merges.ts';

const CONTROL_TOKENS = ['<s>', '<pad>', '</s>', '<unk>'];
/** The product reads each answer from one token: these words come first, whatever the texts say. */
const ANSWERS = [' yes', ' no', ' maybe'];
const ANSWER_COUNT = 2 ** 40;

/** A tokenizer as a checkpoint folder has it. */
export interface VocabularyFiles {
  readonly vocabJson: string;
  readonly mergesText: string;
}

/**
 * Learns a byte-level vocabulary: any text can be written in it, that of the texts briefly.
 *
 * @param texts What the tokenizer will be given, prompts included.
 * @param size Tokens at most: four control tokens, 256 bytes, and what merges make.
 */
export function learnVocabulary(texts: Iterable<string>, size: number): VocabularyFiles {
  const bytes = byteAlphabet();
  const counts = new Map(ANSWERS.map((answer) => [answer, ANSWER_COUNT]));
  for (const text of texts) {
    for (const word of splitWords(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const utf8 = new TextEncoder();
  const words = Array.from(counts, ([word, count]): [string[], number] => [
    Array.from(utf8.encode(word), (byte) => bytes[byte] ?? ''),
    count,
  ]);
  const merges = learnMerges(words, size - CONTROL_TOKENS.length - bytes.length);
  // Two merges may make the same token.
  const tokens = new Set([...CONTROL_TOKENS, ...bytes, ...merges.map((pair) => pair.join(''))]);
  return {
    vocabJson: JSON.stringify(Object.fromEntries(Array.from(tokens, (token, id) => [token, id]))),
    mergesText: `#version: 0.2\n${merges.map((pair) => `${pair.join(' ')}\n`).join('')}`,
  };
}
