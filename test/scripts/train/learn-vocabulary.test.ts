import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileTokenizer } from '../../../scripts/convert/tokenizer/compile-tokenizer.ts';
import { learnVocabulary } from '../../../scripts/train/learn-vocabulary.ts';

const TEXTS = [
  ' does the image describe " there are two birds. "?',
  ' does the image describe " two birds are in the picture. "?',
  ' does the image describe " the dog is happy. "?',
];
const compile = (size: number, texts: readonly string[] = TEXTS) => {
  const { vocabJson, mergesText } = learnVocabulary(texts, size);
  return compileTokenizer(vocabJson, mergesText);
};

test('learnVocabulary() makes one token of each answer, even with no texts', () => {
  for (const texts of [TEXTS, []]) {
    const { encode, tokenOf } = compile(400, texts);
    for (const answer of ['yes', 'no', 'maybe']) {
      assert.deepEqual(encode(` ${answer}`).map(tokenOf), [`Ġ${answer}`]);
    }
  }
});

test('learnVocabulary() makes one token of each word that occurs twice', () => {
  const { encode, tokenOf } = compile(400);
  assert.deepEqual(encode(' two birds describe').map(tokenOf), ['Ġtwo', 'Ġbirds', 'Ġdescribe']);
});

test('learnVocabulary() keeps to its size', () => {
  assert.equal(compile(280).rows, 280);
  assert.ok(compile(2000).rows < 400, 'few words need few tokens');
});

test('learnVocabulary() reads any text, byte by byte where nothing was learnt', () => {
  const { encode, tokenOf } = compile(400);
  const ids = encode(' žluťoučký 🦜\u0000');
  assert.equal(ids.length, new TextEncoder().encode(' žluťoučký 🦜\u0000').length);
  assert.ok(ids.every((id) => tokenOf(id).length === 1));
});

test('learnVocabulary() gives the same files for the same texts', () => {
  assert.deepEqual(learnVocabulary(TEXTS, 400), learnVocabulary(TEXTS, 400));
});
