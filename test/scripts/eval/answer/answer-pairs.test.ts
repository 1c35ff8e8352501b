import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AnswerCounts, answerPairs } from '../../../../scripts/eval/answer/answer-pairs.ts';
import type { Answerer } from '../../../../scripts/eval/answer/answerer.ts';
import { openStateFile } from '../../../../scripts/eval/answer/state-file.ts';
import type { Pair } from '../../../../scripts/eval/input/pair.ts';
import { temporaryFolder } from '../../../lib/temporary-folder.ts';
import { standInLabel } from '../stand-in-endpoint.ts';

function pair(image: string, hypothesis: string, premise: string | null = null): Pair {
  const where = `rows.jsonl:${image}-${hypothesis}`;
  return { image, hypothesis, premise, label: 'entailment', kind: 'x', where };
}

function fakeAnswerer(concurrency: number, failing = 'never') {
  const opened: string[] = [];
  const seen = { opened, asked: 0, underWay: 0, peak: 0, released: 0 };
  const answerer: Answerer = {
    model: { name: 'fake', revision: 'sha256:fake', dtype: 'fp32' },
    via: 'here',
    concurrency,
    async open(picture) {
      seen.opened.push(new TextDecoder().decode(picture));
      return {
        async ask(hypothesis) {
          if (hypothesis === failing) throw new Error('too long');
          seen.asked += 1;
          seen.underWay += 1;
          seen.peak = Math.max(seen.peak, seen.underWay);
          await sleep(1);
          seen.underWay -= 1;
          const scores = { entailment: 1, neutral: 0, contradiction: 0 };
          return { label: standInLabel(hypothesis), scores };
        },
        release: () => {
          seen.released += 1;
        },
      };
    },
    close() {},
  };
  return { answerer, seen };
}

const statePath = () => join(temporaryFolder(), 'state.jsonl');

async function run(
  pairs: readonly Pair[],
  answerer: Answerer,
  { path = statePath(), pictures = {} }: { path?: string; pictures?: Record<string, string> } = {},
) {
  const state = await openStateFile(path);
  const progress: AnswerCounts[] = [];
  try {
    const answers = await answerPairs(pairs, answerer, {
      readPicture: async (image) => new TextEncoder().encode(pictures[image] ?? image),
      state,
      onProgress: (counts) => progress.push(counts),
    });
    return { labels: answers.map(({ label }) => label), progress };
  } finally {
    await state.close();
  }
}

describe('answerPairs()', () => {
  const PAIRS = [
    pair('a', 'true'),
    pair('b', 'false'),
    pair('a', 'false'),
    pair('b', 'true'),
    pair('a', 'perhaps'),
  ];

  it('opens each picture once, whatever the order of rows, and keeps their order', async () => {
    const { answerer, seen } = fakeAnswerer(1);
    const { labels } = await run(PAIRS, answerer);
    assert.deepEqual(labels, [
      'entailment',
      'contradiction',
      'contradiction',
      'entailment',
      'neutral',
    ]);
    assert.deepEqual(seen.opened, ['a', 'b']);
    assert.equal(seen.released, 2);
  });

  it('opens one picture where all show the same, as in the text-only baseline', async () => {
    const { answerer, seen } = fakeAnswerer(1);
    await run(PAIRS, answerer, { pictures: { a: 'grey', b: 'grey' } });
    assert.deepEqual(seen.opened, ['grey']);
    // Two rows are the same question by then.
    assert.equal(seen.asked, 3);
  });

  it('has at most so many questions under way as the answerer takes', async () => {
    const many = Array.from({ length: 40 }, (_, i) => pair(`${i % 7}`, `true ${i}`));
    for (const concurrency of [1, 3]) {
      const { answerer, seen } = fakeAnswerer(concurrency);
      await run(many, answerer);
      assert.equal(seen.peak, concurrency);
      assert.equal(seen.asked, 40);
    }
  });

  it('asks only what the state file does not know', async () => {
    const path = statePath();
    await run(PAIRS.slice(0, 3), fakeAnswerer(1).answerer, { path });
    const { answerer, seen } = fakeAnswerer(1);
    const { labels, progress } = await run(PAIRS, answerer, { path });
    assert.equal(seen.asked, 2);
    assert.equal(labels.length, 5);
    assert.deepEqual(progress[0], { done: 3, right: 1, total: 5, known: 3 });
    assert.deepEqual(progress.at(-1), { done: 5, right: 2, total: 5, known: 3 });
  });

  it('asks anew when picture, premise or sentence is another', async () => {
    const path = statePath();
    await run([pair('a', 'true')], fakeAnswerer(1).answerer, { path });
    const { answerer, seen } = fakeAnswerer(1);
    await run([pair('a', 'true', 'a meadow'), pair('a', 'true.')], answerer, { path });
    await run([pair('a', 'true')], answerer, { path, pictures: { a: 'edited' } });
    assert.equal(seen.asked, 3);
  });

  it('names the row that cannot be answered, and keeps the answers before it', async () => {
    const path = statePath();
    const { answerer } = fakeAnswerer(1, 'perhaps');
    await assert.rejects(run(PAIRS, answerer, { path }), {
      message: 'rows.jsonl:a-perhaps: cannot answer: too long',
    });
    const { seen, answerer: healed } = fakeAnswerer(1);
    await run(PAIRS, healed, { path });
    // Picture by picture: both other rows of `a` had been answered.
    assert.equal(seen.asked, 3);
  });
});
