import { test } from 'node:test';
import { type UnknowableMeaning, unknowable } from '../../../../scripts/scenes/kinds/unknowable.ts';
import type { Phrase } from '../../../../scripts/scenes/meaning/phrase.ts';
import { checkKind } from './check-kind.ts';

test('unknowable verdicts are those of brute force over all worlds', () => {
  const phrases = new Map<UnknowableMeaning, Phrase>();
  function phraseOf(meaning: UnknowableMeaning): Phrase {
    const { phrase, trait, claim } = meaning;
    const known = phrases.get(meaning) ?? { ...phrase, trait: claim === 'whether' ? null : trait };
    phrases.set(meaning, known);
    return known;
  }
  checkKind(
    unknowable,
    (meaning) => [phraseOf(meaning)],
    (meaning, { things }) => things(phraseOf(meaning)).length > 0 !== (meaning.claim === 'none'),
  );
});
