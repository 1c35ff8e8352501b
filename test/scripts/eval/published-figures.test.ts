import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PublishedInput } from '../../../scripts/eval/published-differences.ts';
import { publishedFigures } from '../../../scripts/eval/published-figures.ts';

const model = { name: 'm', revision: 'sha256:0', dtype: 'int8' } as const;
const data = {
  file: 'snli_ve_test.jsonl',
  split: 'test',
  leftOut: [],
  isSnliVe: true,
  premises: true,
} as const;
const summary = { pairs: 17_901, accuracy: 0.86, interval: [0.855, 0.865] } as const;
const INPUT: PublishedInput = { data, model, summary, published: 'distilled' };

const text = (input: PublishedInput) => publishedFigures(input)?.differences.join('\n') ?? '';

describe('publishedFigures()', () => {
  it('gives nothing beside other data, and beside a model that has none', () => {
    assert.equal(publishedFigures({ ...INPUT, data: { ...data, isSnliVe: false } }), null);
    assert.equal(publishedFigures({ ...INPUT, published: null }), null);
  });

  it('gives both published models and our own', () => {
    const found = publishedFigures(INPUT);
    assert.deepEqual(
      found?.rows.map(({ validation, test }) => [validation, test]),
      [
        [0.87, 0.869],
        [0.853, 0.852],
      ],
    );
    assert.equal(found?.here.accuracy, 0.86);
    assert.deepEqual(found?.here.interval, [0.855, 0.865]);
  });

  it('takes the difference to the model that it is, on the split that the file names', () => {
    assert.match(
      text(INPUT),
      /test split: 86\.0 % here is 0\.9 points below the 86\.9 % .*outside/,
    );
    const close = { ...summary, interval: [0.85, 0.875] } as const;
    assert.match(text({ ...INPUT, summary: close }), /inside the 95 % interval/);
    assert.match(
      text({ ...INPUT, published: 'fine-tuned', data: { ...data, split: 'validation' } }),
      /0\.7 points above the 85\.3 % of OFA-tiny, fine-tuned/,
    );
    for (const [split, said] of [
      [null, /names no split/],
      ['train', /names the training split/],
    ] as const) {
      const found = text({ ...INPUT, data: { ...data, split } });
      assert.match(found, said);
      assert.doesNotMatch(found, /points/);
    }
  });

  it('says what differs: the premise, the number of pairs, arithmetic, weights, answer, pictures', () => {
    const whole = text(INPUT);
    assert.match(whole, /Prompt: published and here with the premise/);
    assert.doesNotMatch(whole, /17858/);
    assert.match(
      whole,
      /int8 in WebAssembly[\s\S]*nothing here checks it[\s\S]*trie[\s\S]*mozjpeg/,
    );
    const part = text({
      ...INPUT,
      data: { ...data, premises: false },
      summary: { ...summary, pairs: 17_858 },
    });
    assert.match(part, /use --premise[\s\S]*here on 17858\./);
  });
});
