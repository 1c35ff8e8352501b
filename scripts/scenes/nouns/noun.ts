/** A word for things, with what a sentence needs to use it. */
export interface Term {
  /** Lower case, for example `fire truck`. */
  readonly name: string;
  readonly plural: string;
  readonly article: 'a' | 'an';
}

/** A kind of thing that scenes show. */
export interface Noun extends Term {
  /** Names of the icon, the first that a set has counts; none: the thing is drawn by us. */
  readonly icons: readonly string[];
  /** Names of the wider terms that it certainly falls under. */
  readonly hypernyms: readonly string[];
  /** Names of the wider terms that people disagree on: no sentence with these is made. */
  readonly doubtful: readonly string[];
  /** Whether its colour is ours to set. */
  readonly recolourable: boolean;
}
