import type { Noun } from './noun.ts';
import { term } from './term.ts';

/** What a row of a topic may say beside the noun's name. */
export interface NounDetails {
  readonly plural?: string;
  readonly article?: 'a' | 'an';
  /** The icon's name where it is not the noun's, and what older sets call it. */
  readonly icon?: string | readonly string[];
  /** Beside the topic's own. */
  readonly is?: readonly string[];
  readonly doubtful?: readonly string[];
  readonly recolourable?: boolean;
}

/**
 * Makes the nouns of one topic.
 *
 * @param hypernyms What all of them are.
 * @param rows Noun -> details.
 */
export function topic(
  hypernyms: readonly string[],
  rows: Readonly<Record<string, NounDetails>>,
): Noun[] {
  return Object.entries(rows).map(([name, details]) => ({
    ...term(name, details),
    icons: [details.icon ?? name.replaceAll(' ', '-')].flat(),
    hypernyms: [...hypernyms, ...(details.is ?? [])],
    doubtful: details.doubtful ?? [],
    recolourable: details.recolourable ?? false,
  }));
}
