import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { OpenPicture } from '../../../../scripts/eval/answer/answerer.ts';
import { sharedPicture } from '../../../../scripts/eval/answer/shared-picture.ts';

function counting() {
  const counts = { opened: 0, released: 0 };
  const open = async (): Promise<OpenPicture> => {
    counts.opened += 1;
    return {
      ask: async () => assert.fail('not asked'),
      release: () => {
        counts.released += 1;
      },
    };
  };
  return { counts, open };
}

describe('sharedPicture()', () => {
  it('opens once, at the first use, and releases after the last', async () => {
    const { counts, open } = counting();
    const use = sharedPicture(open, 3);
    assert.deepEqual(counts, { opened: 0, released: 0 });
    await Promise.all([use(async () => 1), use(async () => 2)]);
    assert.deepEqual(counts, { opened: 1, released: 0 });
    assert.equal(await use(async () => 3), 3);
    assert.deepEqual(counts, { opened: 1, released: 1 });
  });

  it('releases after a use that failed', async () => {
    const { counts, open } = counting();
    const use = sharedPicture(open, 1);
    await assert.rejects(
      use(async () => {
        throw new Error('no answer');
      }),
      /no answer/,
    );
    assert.equal(counts.released, 1);
  });
});
