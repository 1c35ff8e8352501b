import type { Colour } from '../colours.ts';
import type { Term } from '../nouns/noun.ts';
import type { Trait } from './traits.ts';

/** What a noun phrase means: things of a term, maybe of a colour, maybe with a trait. */
export interface Phrase {
  readonly term: Term;
  readonly colour: Colour | null;
  readonly trait: Trait | null;
}

/** Names a phrase's structure. */
export function formOf({ colour, trait }: Phrase): 'plain' | 'colour' | 'trait' {
  if (trait !== null) return 'trait';
  return colour === null ? 'plain' : 'colour';
}
