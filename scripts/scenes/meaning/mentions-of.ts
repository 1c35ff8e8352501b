import type { Scene } from '../scene.ts';
import { extentOf } from './extent.ts';
import { plural, singular } from './noun-phrase.ts';
import type { Phrase } from './phrase.ts';

/**
 * Finds which things of a scene each phrase of a sentence may speak of, in the order of the text.
 *
 * @param text The sentence.
 * @returns A phrase each: places in the scene's list of objects.
 */
export function mentionsOf(scene: Scene, phrases: readonly Phrase[], text: string): number[][] {
  return phrases
    .map((phrase) => ({ phrase, start: startOf(phrase, text) }))
    .sort((a, b) => a.start - b.start)
    .map(({ phrase }) => {
      const possible = extentOf(scene, phrase)?.possible ?? [];
      return possible.map((object) => scene.objects.indexOf(object));
    });
}

/** Whole words: a car is no carrot. Some sentences take a phrase apart; those have but one. */
function startOf(phrase: Phrase, text: string): number {
  const found = [singular(phrase), plural(phrase)]
    .map((words) => text.search(new RegExp(`\\b${words}\\b`)))
    .filter((start) => start >= 0);
  return Math.min(...found, text.length);
}
