import { COLOUR_NAMES } from '../colours.ts';
import type { Noun } from '../nouns/noun.ts';
import { NOUNS } from '../nouns/nouns.ts';
import type { Random } from '../random.ts';
import type { Scene } from '../scene.ts';
import type { Phrase } from './phrase.ts';
import { traitsOf } from './traits.ts';

const COLOUR_SHARE = 0.6;
const TRAIT_SHARE = 0.4;
/** Of things that are not there, this share is recolourable, about as of those that are. */
const RECOLOURABLE_SHARE = 0.3;

const RECOLOURABLE = NOUNS.filter(({ recolourable }) => recolourable);

/**
 * Draws a phrase about a scene.
 *
 * @param presence How likely its noun is one that the scene shows, 0 to 1.
 * @param shows Nouns that the sentence has used already.
 */
export function proposePhrase(
  scene: Scene,
  random: Random,
  { presence, not = [] }: { readonly presence: number; readonly not?: readonly Phrase[] },
): Phrase {
  const used = new Set(not.flatMap(({ term }) => termFamily(term.name)));
  const shown = scene.objects.filter(({ noun }) => !used.has(noun.name));
  const object = random.chance(presence) ? shown[random.below(shown.length)] : undefined;
  const noun = object?.noun ?? absentNoun(scene, random, used);
  const shownColour = object?.colour ?? null;
  let colour = null;
  if (noun.recolourable && random.chance(COLOUR_SHARE)) {
    colour = random.chance(0.5) ? shownColour : null;
    colour ??= random.pick(COLOUR_NAMES);
  }
  const trait = random.chance(TRAIT_SHARE) ? random.pick(traitsOf(noun)) : null;
  return { term: noun, colour, trait: colour === null ? trait : null };
}

function absentNoun(scene: Scene, random: Random, used: ReadonlySet<string>): Noun {
  for (;;) {
    const from = random.chance(RECOLOURABLE_SHARE) ? RECOLOURABLE : NOUNS;
    const noun = from[random.below(from.length)];
    if (noun === undefined || used.has(noun.name)) continue;
    if (!scene.objects.some((object) => object.noun === noun)) return noun;
  }
}

/** The names that must not stand beside a term in a sentence: an owl is a bird already. */
function termFamily(name: string): string[] {
  const own = NOUNS.find((noun) => noun.name === name);
  const narrower = NOUNS.filter(({ hypernyms }) => hypernyms.includes(name));
  return [name, ...narrower.map((noun) => noun.name), ...(own?.hypernyms ?? [])];
}
