import type { Noun } from './nouns/noun.ts';

/** What a folder of scenes is for; each draws from streams of its own. */
export type Split = 'train' | 'test' | 'unseen-style';

const TRAINING_STYLES = [
  'noto',
  'noto-v1',
  'fluent-emoji',
  'fluent-emoji-flat',
  'twemoji',
] as const;

/** The icon sets of each split. */
export const SPLIT_STYLES: Readonly<Record<Split, readonly [string, ...string[]]>> = {
  train: TRAINING_STYLES,
  test: TRAINING_STYLES,
  'unseen-style': ['emojione'],
};

/** Icons whose clip paths make resvg 2.6.2 abort the process. */
const UNDRAWABLE: Readonly<Record<string, readonly string[]>> = {
  'noto-v1': ['ladybug', 'ambulance', 'cup'],
};

/**
 * Lists the styles of a split that can draw all of these nouns.
 *
 * @throws {Error} None can.
 */
export function stylesFor(split: Split, nouns: readonly Noun[]): readonly [string, ...string[]] {
  const [first, ...others] = SPLIT_STYLES[split].filter((style) =>
    nouns.every(({ name }) => !UNDRAWABLE[style]?.includes(name)),
  );
  if (first === undefined) throw new Error(`cannot draw for ${split}: no style has all nouns`);
  return [first, ...others];
}
