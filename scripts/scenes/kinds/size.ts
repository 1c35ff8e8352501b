import { one, singular } from '../meaning/noun-phrase.ts';
import { judgePairs } from '../meaning/pairwise.ts';
import { formOf } from '../meaning/phrase.ts';
import { type PhrasePair, proposePair } from '../meaning/propose-pair.ts';
import type { SceneObject } from '../scene.ts';
import type { SentenceKind } from './sentence-kind.ts';

/** Sides (roots of areas) whose ratio is smaller look much the same. */
const MIN_RATIO = 1.25;
/** Who is smaller by this ratio or more is not bigger. */
const MAX_OTHER_RATIO = 0.87;

/** "the dog is bigger than the cat.", as large as they are drawn. */
export const size: SentenceKind<PhrasePair & { readonly bigger: boolean }> = {
  name: 'size',
  propose: (scene, random) => ({ ...proposePair(scene, random), bigger: random.chance(0.5) }),
  judge: (scene, { phrases, bigger }) =>
    judgePairs(scene, phrases, (a, b) => {
      const ratio = bigger ? side(a) / side(b) : side(b) / side(a);
      if (ratio >= MIN_RATIO) return 'yes';
      return ratio <= MAX_OTHER_RATIO ? 'no' : 'unclear';
    }),
  phrases: ({ phrases }) => phrases,
  form: ({ phrases, bigger }) => [...phrases.map(formOf), bigger].join(' '),
  phrasings({ phrases: [first, second], definite, bigger }) {
    const say = definite ? (phrase: typeof first) => `the ${singular(phrase)}` : one;
    const [a, b] = [say(first), say(second)];
    const [more, other, less] = bigger
      ? ['bigger', 'larger', 'smaller']
      : ['smaller', 'tinier', 'bigger'];
    return [
      `${a} is ${more} than ${b}.`,
      `${a} is ${other} than ${b}.`,
      `${b} is ${less} than ${a}.`,
      `${a} is ${more} than ${b} in the picture.`,
      `in the picture ${a} is ${more} than ${b}.`,
      `${a} looks ${more} than ${b}.`,
      `you can see ${a} ${other} than ${b}.`,
      `the picture shows ${a} ${more} than ${b}.`,
      `compared with ${b}, ${a} is ${more}.`,
    ];
  },
};

function side({ width, height }: SceneObject): number {
  return Math.sqrt(width * height);
}
