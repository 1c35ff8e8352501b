import { test } from 'node:test';
import { type ColourMeaning, colour } from '../../../../scripts/scenes/kinds/colour.ts';
import type { Phrase } from '../../../../scripts/scenes/meaning/phrase.ts';
import { checkKind } from './check-kind.ts';

test('colour verdicts are those of brute force over all worlds', () => {
  const phrases = new Map<ColourMeaning, Phrase>();
  function phraseOf(meaning: ColourMeaning): Phrase {
    const known = phrases.get(meaning);
    const phrase = known ?? { term: meaning.noun, colour: meaning.colour, trait: null };
    phrases.set(meaning, phrase);
    return phrase;
  }
  checkKind(
    colour,
    (meaning) => [phraseOf(meaning)],
    (meaning, { things }) => things(phraseOf(meaning)).length > 0 !== meaning.negated,
  );
});
