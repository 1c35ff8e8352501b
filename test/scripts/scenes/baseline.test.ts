import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textBaseline } from '../../../scripts/scenes/baseline.ts';
import { createRandom } from '../../../scripts/scenes/random.ts';
import { sampleScene } from '../../../scripts/scenes/sample/sample-scene.ts';
import type { Pair } from '../../../scripts/scenes/sentences/pair.ts';
import { KIND_SHARES } from '../../../scripts/scenes/sentences/statement-sources.ts';
import { createWordBalance } from '../../../scripts/scenes/sentences/word-balance.ts';
import { writePairs } from '../../../scripts/scenes/sentences/write-pairs.ts';
import { flatShelf } from './flat-shelf.ts';

const LABELS = ['entailment', 'neutral', 'contradiction'] as const;

function trainingPairs(scenes: number): Pair[] {
  const balance = createWordBalance(KIND_SHARES);
  return Array.from({ length: scenes }, (_, at) => {
    const random = createRandom(`baseline/${at}`);
    const scene = sampleScene(random, { split: 'train', side: 128, shelf: flatShelf });
    return writePairs({ scene, image: `${String(at).padStart(6, '0')}.png` }, random, balance);
  }).flat();
}

test('textBaseline() words alone tell little of 20,000 sentences', (context) => {
  const pairs = trainingPairs(1667);
  assert.ok(pairs.length >= 20_000);
  const { accuracy } = textBaseline(pairs);
  context.diagnostic(`accuracy ${accuracy}`);
  assert.ok(accuracy < 0.45, `${accuracy}`);
});

test('textBaseline() finds a leak that is there', () => {
  const pairs = trainingPairs(60).map((pair, at) => {
    const label = LABELS[at % 3] ?? 'neutral';
    return {
      ...pair,
      label,
      hypothesis: `${pair.hypothesis} ${label === 'neutral' ? 'so' : label}`,
    };
  });
  assert.ok(textBaseline(pairs).accuracy > 0.95);
});

test('writePairs() numbers and negations stand alike in true and false sentences', () => {
  const pairs = trainingPairs(800);
  for (const word of ['two', 'three', 'four', 'five', 'no', 'not', 'neither', 'than', 'left']) {
    const counts = LABELS.map(
      (label) =>
        pairs.filter((pair) => pair.label === label && pair.hypothesis.split(/\W/).includes(word))
          .length,
    );
    const total = counts.reduce((sum, count) => sum + count, 0);
    // A third each; nothing is settled to the last sentence.
    for (const count of counts) assert.ok(count / total < 0.45, `${word}: ${counts.join(' ')}`);
  }
});
