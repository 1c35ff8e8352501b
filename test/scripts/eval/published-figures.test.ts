import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { publishedFigures } from '../../../scripts/eval/published-figures.ts';

const model = { name: 'm', revision: 'sha256:0', dtype: 'int8' } as const;
const data = { file: 'snli_ve_test.jsonl', skipped: 0, isSnliVe: true, premises: true };
const summary = { pairs: 17_901, accuracy: 0.86 };

describe('publishedFigures()', () => {
  it('gives nothing beside other data', () => {
    assert.equal(publishedFigures({ data: { ...data, isSnliVe: false }, model, summary }), null);
  });

  it('gives both published models and our own', () => {
    const found = publishedFigures({ data, model, summary });
    assert.deepEqual(
      found?.rows.map(({ validation, test }) => [validation, test]),
      [
        [0.87, 0.869],
        [0.853, 0.852],
      ],
    );
    assert.equal(found?.here.accuracy, 0.86);
  });

  it('says what differs: the premise, the number of pairs, the arithmetic', () => {
    const whole = publishedFigures({ data, model, summary })?.differences.join('\n') ?? '';
    assert.match(whole, /Published and here: with the premise/);
    assert.doesNotMatch(whole, /17858/);
    assert.match(whole, /int8/);
    const part = publishedFigures({
      data: { ...data, premises: false },
      model,
      summary: { ...summary, pairs: 100 },
    });
    assert.match(part?.differences.join('\n') ?? '', /use --premise[\s\S]*here on 100\./);
  });
});
