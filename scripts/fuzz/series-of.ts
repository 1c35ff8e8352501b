import { makePng } from '../lib/make-png.ts';
import { createRandom } from '../scenes/random.ts';
import { bombs, everyCut, everyFlip } from './constructed.ts';
import { mutate } from './mutate.ts';
import { refusedJpegs } from './refused-jpegs.ts';
import { smallPictures } from './small-pictures.ts';
import type { Series, Trial } from './trial.ts';

const ROUNDS_OF_BOMBS = 50;
const IN_A_ROW = 2000;
/** Of a square RGB picture: 37.9 MiB of the 38 that a codec may take. */
const LARGEST_SIDE = 2030;

/** What decides which files are sent. */
export interface SeriesOptions {
  readonly corpus: readonly Trial[];
  readonly seed: number;
  /** Of mutations. */
  readonly count: number;
  /** Whether to send thousands of one kind in a row, as the project's own report does. */
  readonly long: boolean;
}

/** All that is sent, in order: the corpus, what is constructed, mutations, and in the long form the same again and again. */
export async function seriesOf({ corpus, seed, count, long }: SeriesOptions): Promise<Series[]> {
  const small = await smallPictures();
  const once = bombs(small);
  const pngs = [
    ...corpus.filter(({ bytes }) => bytes[0] === 0x89),
    { name: 'small PNG', bytes: small.png },
  ];
  const series: Series[] = [
    { name: 'corpus as it is', count: corpus.length + 1, trials: [...corpus, largestPicture()] },
    once,
    everyCut(small),
    everyFlip(small, seed),
    { name: 'mutations', count, trials: mutations(corpus, seed, count) },
  ];
  if (!long) return series;
  const rounds = Array.from({ length: ROUNDS_OF_BOMBS }, () => [...once.trials]);
  return [
    ...series,
    {
      name: 'refused JPEGs in a row',
      count: IN_A_ROW,
      trials: refusedJpegs(small.jpeg, IN_A_ROW),
      expected: 'unsupported_jpeg',
    },
    {
      name: 'cut PNGs in a row',
      count: IN_A_ROW,
      trials: cutPngs(pngs, seed, IN_A_ROW),
      expected: 'image_truncated',
    },
    {
      name: `bombs, ${ROUNDS_OF_BOMBS} times`,
      count: rounds.length * once.count,
      trials: rounds.flat(),
    },
  ];
}

/** About all that a codec may take: the codecs' memory stays as large as its largest picture made it, so it comes first. */
function largestPicture(): Trial {
  const rows = new Uint8Array(LARGEST_SIDE * (1 + 3 * LARGEST_SIDE));
  const recipe = { width: LARGEST_SIDE, height: LARGEST_SIDE, depth: 8, colourType: 2, rows };
  return { name: 'largest picture', bytes: makePng(recipe) };
}

function* mutations(corpus: readonly Trial[], seed: number, count: number): Generator<Trial> {
  for (let n = 0; n < count; n++) {
    const { name, bytes } = mutate(corpus, createRandom(`fuzz/${seed}/${n}`));
    yield { name: `mutation ${n} of seed ${seed}: ${name}`, bytes };
  }
}

function* cutPngs(pngs: readonly Trial[], seed: number, count: number): Generator<Trial> {
  const random = createRandom(`fuzz/${seed}/cuts`);
  for (let n = 0; n < count; n++) {
    const { name, bytes } = random.pick(pngs);
    // Four bytes say that it is a PNG.
    const length = 4 + random.below(bytes.length - 4);
    yield { name: `${name} cut to ${length} bytes`, bytes: bytes.slice(0, length) };
  }
}
