import { one, singular } from '../meaning/noun-phrase.ts';
import { judgePairs } from '../meaning/pairwise.ts';
import { formOf } from '../meaning/phrase.ts';
import { type PhrasePair, proposePair } from '../meaning/propose-pair.ts';
import type { SceneObject } from '../scene.ts';
import type { SentenceKind } from './sentence-kind.ts';

type Direction = 'left' | 'right' | 'above' | 'below';

const DIRECTIONS: readonly [Direction, ...Direction[]] = ['left', 'right', 'above', 'below'];
/** Middles nearer than this, in shares of the picture's side, are not clearly apart. */
const MIN_APART = 0.12;
/** Middles that are no further apart than this are side by side, or even the other way round. */
const MAX_LEVEL = 0.03;
/** Who stands mostly above is not called "left of". */
const MIN_SLOPE = 0.5;

/** "the dog is to the left of the cat." */
export const relation: SentenceKind<PhrasePair & { readonly direction: Direction }> = {
  name: 'relation',
  propose: (scene, random) => ({
    ...proposePair(scene, random),
    direction: random.pick(DIRECTIONS),
  }),
  judge: (scene, { phrases, direction }) =>
    judgePairs(scene, phrases, (a, b) => standsAt(direction, [a, b], scene.side)),
  phrases: ({ phrases }) => phrases,
  form: ({ phrases, direction }) => [...phrases.map(formOf), direction].join(' '),
  phrasings({ phrases: [first, second], definite, direction }) {
    const say = definite ? (phrase: typeof first) => `the ${singular(phrase)}` : one;
    const [a, b] = [say(first), say(second)];
    const sideways = direction === 'left' || direction === 'right';
    const [short, long, opposite] = sideways
      ? [`${direction} of`, `to the ${direction} of`, direction === 'left' ? 'right' : 'left']
      : [direction, direction === 'above' ? 'higher than' : 'lower than', opposed(direction)];
    return [
      `${a} is ${long} ${b}.`,
      `${a} is ${short} ${b}.`,
      `${a} is ${long} ${b} in the picture.`,
      `in the picture ${a} is ${short} ${b}.`,
      `${b} has ${a} ${sideways ? `on its ${direction}` : `${direction} it`}.`,
      `you can see ${a} ${sideways ? long : short} ${b}.`,
      `the picture shows ${a} ${sideways ? long : short} ${b}.`,
      `${b} is ${sideways ? `to the ${opposite} of` : opposite} ${a}.`,
      `${a} stands ${short} ${b}.`,
      `${a}, ${short} ${b}.`,
    ];
  },
};

function opposed(direction: Direction): Direction {
  return direction === 'above' ? 'below' : 'above';
}

function standsAt(
  direction: Direction,
  [a, b]: readonly [SceneObject, SceneObject],
  side: number,
): 'yes' | 'no' | 'unclear' {
  const right = (a.x + a.width / 2 - b.x - b.width / 2) / side;
  const down = (a.y + a.height / 2 - b.y - b.height / 2) / side;
  const [along, across] = {
    left: [-right, down] as const,
    right: [right, down] as const,
    above: [-down, right] as const,
    below: [down, right] as const,
  }[direction];
  if (along <= MAX_LEVEL) return 'no';
  return along >= MIN_APART && along >= MIN_SLOPE * Math.abs(across) ? 'yes' : 'unclear';
}
