import type { Phrase } from '../meaning/phrase.ts';
import type { Verdict } from '../meaning/verdict.ts';
import type { Random } from '../random.ts';
import type { Scene } from '../scene.ts';

/** One kind of sentence: what it can mean, when that is so, and how it is said. */
export interface SentenceKind<Meaning> {
  readonly name: string;
  /** Draws something that a sentence of this kind could say of a scene, true or not. */
  propose(scene: Scene, random: Random): Meaning;
  /** @returns Null where people would disagree: no sentence is made then. */
  judge(scene: Scene, meaning: Meaning): Verdict | null;
  /** What a sentence with this meaning speaks of, two phrases at most. */
  phrases(meaning: Meaning): readonly Phrase[];
  /** Names what meanings of one structure share: of these, each label is to be as frequent. */
  form(meaning: Meaning): string;
  /** All ways to say it, lower case, at least eight. */
  phrasings(meaning: Meaning): readonly [string, ...string[]];
}
