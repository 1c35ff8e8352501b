import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../../scripts/scenes/random.ts';
import { sampleScene } from '../../../../scripts/scenes/sample/sample-scene.ts';
import { writePremise } from '../../../../scripts/scenes/sentences/write-premise.ts';
import { flatShelf } from '../flat-shelf.ts';

const NUMBERS = ['', 'one', 'two', 'three', 'four', 'five', 'six'];

test('writePremise() names what is there, with its number', () => {
  for (let seed = 0; seed < 300; seed++) {
    const random = createRandom(`premise/${seed}`);
    const scene = sampleScene(random, { split: 'train', side: 128, shelf: flatShelf });
    const text = writePremise(scene, random);
    const parts = [...new Set(scene.objects.map(({ noun }) => noun))].flatMap((noun) => {
      const count = scene.objects.filter((object) => object.noun === noun).length;
      return count === 1 ? [`${noun.article} ${noun.name}`] : [`${NUMBERS[count]} ${noun.plural}`];
    });
    const named = parts.filter((part) => new RegExp(`\\b${part}\\b`).test(text));
    assert.ok(named.length >= 1, `${text} of ${parts.join()}`);
    const rest = named
      .sort((a, b) => b.length - a.length)
      .reduce((left, part) => left.replace(part, ''), text);
    assert.match(
      rest,
      /^(a picture of |a picture with |here we see |a drawing of )?( and )?( in a picture|, among other things)?\.?$/,
    );
  }
});
