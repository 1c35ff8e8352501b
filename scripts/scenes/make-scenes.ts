import { encodePng } from './draw/encode-png.ts';
import { paintScene } from './draw/paint-scene.ts';
import { createSpriteShelf } from './draw/sprite-shelf.ts';
import { createRandom } from './random.ts';
import { sampleScene } from './sample/sample-scene.ts';
import { type SceneRecord, sceneRecord } from './scene-record.ts';
import type { Pair } from './sentences/pair.ts';
import { KIND_SHARES } from './sentences/statement-sources.ts';
import { createWordBalance } from './sentences/word-balance.ts';
import { writePairs } from './sentences/write-pairs.ts';
import type { Split } from './splits.ts';

/** Which scenes to make; the same answer gives the same bytes. */
export interface ScenesRequest {
  readonly split: Split;
  /** A whole number; no two splits share a scene, whatever their seeds. */
  readonly seed: number;
  readonly count: number;
  /** Pixels a side. */
  readonly side: number;
}

/** A picture with all that is said of it. */
export interface MadeScene {
  readonly record: SceneRecord;
  readonly pairs: readonly Pair[];
  /** The PNG file. */
  readonly png: Buffer;
}

/**
 * A balance evens out words over so many scenes, then starts anew, so that a large folder is like many
 * small ones: over very many scenes it would even out each word over the kinds of sentence, true in one
 * and false in another, and what is learnt of that does not hold elsewhere.
 */
const BALANCED_SCENES = 500;

/** Makes scenes one after the other. */
export function* makeScenes({ split, seed, count, side }: ScenesRequest): Generator<MadeScene> {
  const shelf = createSpriteShelf(side);
  let balance = createWordBalance(KIND_SHARES);
  for (let index = 0; index < count; index++) {
    if (index % BALANCED_SCENES === 0) balance = createWordBalance(KIND_SHARES);
    const image = `${String(index).padStart(6, '0')}.png`;
    const stream = `${split}/${seed}/${index}`;
    const scene = sampleScene(createRandom(`${stream}/scene`), { split, side, shelf });
    const pairs = writePairs({ scene, image }, createRandom(`${stream}/pairs`), balance);
    const png = encodePng(paintScene(scene, shelf));
    yield { record: sceneRecord(scene, image), pairs, png };
  }
}
