import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { describe, it } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { describeEvaluation } from '../../../scripts/eval/describe-evaluation.ts';
import { sampleEvaluation } from './sample-evaluation.ts';

/** A terminal of the usual kind is at least so wide once it shows tables. */
const MAX_COLUMNS = 120;
const show = (evaluation = sampleEvaluation()) =>
  describeEvaluation(evaluation, new PassThrough()).split('\n');

describe('describeEvaluation()', () => {
  it('shows a row for all pairs, each label and each kind: count, accuracy, interval, the rest', () => {
    const lines = show();
    const row = (name: string) => lines.find((line) => line.trim().startsWith(name)) ?? '';
    assert.match(row('overall'), / 6 .* 66\.7 % +30\.0 - 90\.3 +50\.0 % +100\.0 % +66\.7 %$/);
    assert.match(row('neutral'), / 1 .* 100\.0 %/);
    assert.match(row('count'), / 3 .* 66\.7 %/);
    for (const line of lines) assert.ok(line.length <= MAX_COLUMNS, line);
  });

  it('shows the confusion matrix, truth by row', () => {
    const lines = show();
    const start = lines.findIndex((line) => line.startsWith('truth \\ answer'));
    const numbers = lines.slice(start + 1, start + 4).map((line) => line.match(/\d+/g));
    assert.deepEqual(numbers, [
      ['2', '0', '1'],
      ['0', '1', '0'],
      ['0', '1', '1'],
    ]);
  });

  it('shows published figures beside ours only for SNLI-VE', () => {
    assert.doesNotMatch(show().join('\n'), /published/);
    const text = show(sampleEvaluation({ isSnliVe: true, published: 'distilled' })).join('\n');
    assert.match(text, /sample, int8 +66\.7 % +30\.0 - 90\.3/);
    assert.match(text, /distilled +87\.0 % +86\.9 %/);
    assert.match(text, /fine-tuned +85\.3 % +85\.2 %/);
    assert.match(text, /use --premise to compare/);
  });

  it('says why there are none for a model that they are not about', () => {
    const text = show(sampleEvaluation({ isSnliVe: true })).join('\n');
    assert.doesNotMatch(text, /87\.0 %|OFA-tiny, distilled/);
    assert.match(
      text,
      /No published figures: .* called sample\. If it is one of them, add --published/,
    );
  });

  it('says how many rows were left out, why, and where they stand', () => {
    const text = show().join('\n');
    assert.match(text, /rows left out, as annotators found no majority .*: 1, at rows\.jsonl:7$/m);
    assert.match(text, /rows left out, as the picture is not there: 1, at rows\.jsonl:8 \(no pic/);
  });

  it('has no control characters where there is no terminal', () => {
    const text = show().join('\n');
    assert.equal(stripVTControlCharacters(text), text);
  });
});
