import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setting } from '../../../../scripts/scenes/kinds/setting.ts';
import { createRandom } from '../../../../scripts/scenes/random.ts';
import { sampleScene } from '../../../../scripts/scenes/sample/sample-scene.ts';
import { flatShelf } from '../flat-shelf.ts';
import { checkKind } from './check-kind.ts';

const PLACES: readonly string[] = ['meadow', 'beach', 'desert', 'snow'];

test('setting verdicts are those of brute force over all worlds', () => {
  checkKind(
    setting,
    ({ phrase }) => (phrase === null ? [] : [phrase]),
    ({ setting, negated, phrase }, { things, hidden }, { background, time }) => {
      const facts: readonly string[] = [time, background, 'outdoors'];
      const so = PLACES.includes(background) ? facts.includes(setting) : hidden;
      return so !== negated && (phrase === null || things(phrase).length > 0);
    },
  );
});

test('setting says nothing of the ground where there are no colours', () => {
  const random = createRandom('grey ground');
  const scene = sampleScene(random, { split: 'train', side: 128, shelf: flatShelf });
  const grey = { ...scene, background: 'beach', time: 'day', greyscale: true } as const;
  assert.equal(setting.judge(grey, { setting: 'beach', negated: false, phrase: null }), null);
  assert.equal(
    setting.judge(grey, { setting: 'day', negated: true, phrase: null }),
    'contradiction',
  );
});
