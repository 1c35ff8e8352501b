import fc from 'fast-check';

const WORDS = [
  ' the',
  "it's",
  "don't",
  ' describe',
  'yes',
  '<s>',
  '</s>',
  '...',
  '2024',
  'ΟΔΟΣ',
  'naïve',
];

/** Sentences, any Unicode, emoji, and white space of all kinds. */
export function texts(): fc.Arbitrary<string> {
  const piece = fc.oneof(
    fc.constantFrom(...WORDS),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.string({ unit: 'binary', maxLength: 6 }),
    fc.constantFrom(' ', '  ', '\n', '\t \r\n', '\u00a0', '\u2003', '\u3000', '\u2028'),
    fc.constantFrom('🐶', '👩‍👩‍👧', '🏳️‍🌈', '👍🏽', '🇩🇪'),
  );
  return fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
}
