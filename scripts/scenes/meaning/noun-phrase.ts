import type { Phrase } from './phrase.ts';

/** Numbers as sentences write them; scenes show six things at most. */
export const NUMBER_WORDS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven'] as const;

/** The phrase without article, in the singular: `red balloon owned by anna`. */
export function singular(phrase: Phrase): string {
  return words(phrase, phrase.term.name);
}

/** The phrase without article, in the plural. */
export function plural(phrase: Phrase): string {
  return words(phrase, phrase.term.plural);
}

/** The phrase with `a` or `an`. */
export function one(phrase: Phrase): string {
  const text = singular(phrase);
  // All adjectives here follow the spelling; nouns carry their own article.
  const spelled = /^[aeiou]/.test(text) ? 'an' : 'a';
  return `${text.startsWith(phrase.term.name) ? phrase.term.article : spelled} ${text}`;
}

/**
 * The phrase behind a number: `three happy dogs`.
 *
 * @param count 0 to 7.
 */
export function counted(phrase: Phrase, count: number): string {
  return `${NUMBER_WORDS[count] ?? count} ${count === 1 ? singular(phrase) : plural(phrase)}`;
}

function words({ colour, trait }: Phrase, noun: string): string {
  const before = trait?.position === 'before' ? trait.words : null;
  const after = trait?.position === 'after' ? trait.words : null;
  return [before, colour, noun, after].filter((word) => word !== null).join(' ');
}
