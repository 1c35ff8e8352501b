import { counted, one } from '../meaning/noun-phrase.ts';
import type { Noun } from '../nouns/noun.ts';
import type { Random } from '../random.ts';
import type { Scene } from '../scene.ts';

/** Captions name some of what there is: two nouns at most. */
const MAX_NOUNS = 2;

/** Writes a caption that is true of a scene and leaves things out: "two dogs and a car". */
export function writePremise({ objects }: Scene, random: Random): string {
  const counts = new Map<Noun, number>();
  for (const { noun } of objects) counts.set(noun, (counts.get(noun) ?? 0) + 1);
  const named = random.shuffle([...counts]).slice(0, 1 + random.below(MAX_NOUNS));
  const text = named
    .map(([term, count]) => {
      const phrase = { term, colour: null, trait: null };
      return count === 1 ? one(phrase) : counted(phrase, count);
    })
    .join(' and ');
  return random.pick([
    text,
    `${text}.`,
    `a picture of ${text}.`,
    `a picture with ${text}.`,
    `${text} in a picture.`,
    `here we see ${text}.`,
    `a drawing of ${text}.`,
    `${text}, among other things.`,
  ]);
}
