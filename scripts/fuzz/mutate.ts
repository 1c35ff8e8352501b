import { MAX_IMAGE_BYTES } from '../../functions/http/limits.ts';
import { join } from '../lib/make-png.ts';
import type { Random } from '../scenes/random.ts';
import { repairCrcs } from './repair-crcs.ts';
import { splitParts } from './split-parts.ts';
import type { Trial } from './trial.ts';

/** What a reader looks at stands in front. */
const HEAD_BYTES = 700;
const MAX_CHANGES = 4;
const MAX_RUN_BYTES = 64;
/** Numbers that sizes, counts and lengths go wrong at. */
const EXTREMES = [0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fff_ffff, 0xffff_ffff] as const;

type Change = (file: Uint8Array, random: Random, other: Uint8Array) => Uint8Array;

/** Everything that is done to a file, by name. */
const CHANGES: Readonly<Record<string, Change>> = {
  'bits flipped'(file, random) {
    const copy = file.slice();
    for (let left = 1 + random.below(8); left > 0; left--) {
      const at = placeIn(file, random);
      copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8));
    }
    return copy;
  },
  'bytes overwritten'(file, random) {
    const at = placeIn(file, random);
    const value = random.pick([0, 0xff, random.below(256)]);
    return file.slice().fill(value, at, at + 1 + random.below(MAX_RUN_BYTES));
  },
  'number replaced'(file, random) {
    const copy = file.slice();
    const bytes = random.pick([1, 2, 4]);
    const number = random.pick(EXTREMES);
    const at = placeIn(file, random);
    for (let i = 0; i < bytes; i++) copy[at + i] = number >>> (8 * (bytes - 1 - i));
    return copy;
  },
  cut: (file, random) => file.subarray(0, random.below(file.length)),
  'bytes taken out'(file, random) {
    const at = placeIn(file, random);
    return join([file.subarray(0, at), file.subarray(at + 1 + random.below(MAX_RUN_BYTES))]);
  },
  'bytes put in'(file, random) {
    const at = placeIn(file, random);
    const noise = Uint8Array.from({ length: 1 + random.below(MAX_RUN_BYTES) }, () =>
      random.below(256),
    );
    return join([file.subarray(0, at), noise, file.subarray(at)]);
  },
  'two files spliced'(file, random, other) {
    return join([file.subarray(0, placeIn(file, random)), other.subarray(placeIn(other, random))]);
  },
  'parts swapped'(file, random) {
    const parts = [...splitParts(file).parts];
    const [a, b] = [random.below(parts.length), random.below(parts.length)];
    return join(parts.with(a, parts[b] ?? file).with(b, parts[a] ?? file));
  },
  'part doubled'(file, random) {
    const { parts } = splitParts(file);
    const at = random.below(parts.length);
    return join([...parts.slice(0, at + 1), ...parts.slice(at)]);
  },
  'part left out': (file, random) =>
    join(splitParts(file).parts.toSpliced(random.below(splitParts(file).parts.length), 1)),
  'part of another file'(file, random, other) {
    const { parts } = splitParts(file);
    return join(
      parts.toSpliced(random.below(parts.length + 1), 0, random.pick(splitParts(other).parts)),
    );
  },
};

/** Changes a file of the corpus in one to four ways; half the time its CRCs are made right again. */
export function mutate(corpus: readonly Trial[], random: Random): Trial {
  const { name, bytes } = random.pick(corpus);
  const other = random.pick(corpus).bytes;
  const changes = Array.from({ length: 1 + random.below(MAX_CHANGES) }, () =>
    random.pick(Object.keys(CHANGES)),
  );
  let changed: Uint8Array = bytes;
  for (const change of changes) {
    // There is nothing to do to what nothing is left of.
    if (changed.length > 0) changed = CHANGES[change]?.(changed, random, other) ?? changed;
  }
  const repaired = random.chance(0.5);
  const whole = changed.subarray(0, MAX_IMAGE_BYTES);
  return {
    name: `${name}, ${changes.join(', ')}${repaired ? ', CRCs repaired' : ''}`,
    bytes: repaired ? repairCrcs(whole) : Uint8Array.from(whole),
  };
}

function placeIn(file: Uint8Array, random: Random): number {
  return random.below(random.chance(0.5) ? Math.min(HEAD_BYTES, file.length) : file.length);
}
