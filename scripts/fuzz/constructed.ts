import { createRandom } from '../scenes/random.ts';
import { jpegBombs } from './jpeg-bombs.ts';
import { pngBombs } from './png-bombs.ts';
import type { SmallPictures } from './small-pictures.ts';
import type { Series, Trial } from './trial.ts';

/** Every bomb. */
export function bombs({ jpeg, progressive }: SmallPictures): Series {
  const all = { ...pngBombs(), ...jpegBombs(jpeg, progressive) };
  const trials = Object.entries(all).map(([name, bytes]) => ({ name, bytes }));
  return { name: 'bombs', count: trials.length, trials };
}

/** A small PNG and a small JPEG, cut behind each of their bytes. */
export function everyCut({ jpeg, png }: SmallPictures): Series {
  const cuts = (format: string, file: Uint8Array<ArrayBuffer>) =>
    Array.from({ length: file.length }, (_, length) => ({
      name: `${format} cut to ${length} bytes`,
      bytes: file.slice(0, length),
    }));
  const trials = [...cuts('PNG', png), ...cuts('JPEG', jpeg)];
  return { name: 'every cut', count: trials.length, trials };
}

/** Both again, with one bit of each byte turned over. */
export function everyFlip({ jpeg, png }: SmallPictures, seed: number): Series {
  const random = createRandom(`fuzz/${seed}/flips`);
  const flips = (format: string, file: Uint8Array<ArrayBuffer>): Trial[] =>
    Array.from(file, (byte, at) => {
      const bit = random.below(8);
      return {
        name: `${format}, bit ${bit} of byte ${at} flipped`,
        bytes: file.with(at, byte ^ (1 << bit)),
      };
    });
  const trials = [...flips('PNG', png), ...flips('JPEG', jpeg)];
  return { name: 'a bit of each byte', count: trials.length, trials };
}
