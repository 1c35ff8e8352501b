import type { Phrase } from '../../../../scripts/scenes/meaning/phrase.ts';
import type { Scene, SceneObject } from '../../../../scripts/scenes/scene.ts';

/** One way in which everything that a picture hides could be. */
export interface World {
  /** The things that a phrase speaks of. */
  readonly things: (phrase: Phrase) => readonly SceneObject[];
  /** Whether what is said of the hour or place is so; free where no sky is seen. */
  readonly hidden: boolean;
}

/** Lists all worlds that look like a scene: each hidden trait, colour and place either way. */
export function worldsOf(scene: Scene, phrases: readonly Phrase[]): World[] {
  const open: { phrase: Phrase; object: SceneObject }[] = [];
  const settled = new Map<Phrase, SceneObject[]>();
  for (const phrase of phrases) {
    const { term, colour, trait } = phrase;
    const certain: SceneObject[] = [];
    for (const object of scene.objects) {
      if (![object.noun.name, ...object.noun.hypernyms].includes(term.name)) continue;
      if (colour !== null && !scene.greyscale && object.colour !== colour) continue;
      if (trait !== null || (colour !== null && scene.greyscale)) open.push({ phrase, object });
      else certain.push(object);
    }
    settled.set(phrase, certain);
  }
  return Array.from({ length: 2 ** (open.length + 1) }, (_, choice) => ({
    things: (phrase) => [
      ...(settled.get(phrase) ?? []),
      ...open.filter((one, at) => one.phrase === phrase && (choice >> at) & 1).map((o) => o.object),
    ],
    hidden: ((choice >> open.length) & 1) === 1,
  }));
}
