/** What a folder of scenes is for; each draws from streams of its own. */
export type Split = 'train' | 'test' | 'unseen-style';

/** The icon sets of each split. */
export const SPLIT_STYLES: Readonly<Record<Split, readonly [string, ...string[]]>> = {
  train: ['noto', 'fluent-emoji-flat', 'twemoji'],
  test: ['noto', 'fluent-emoji-flat', 'twemoji'],
  'unseen-style': ['emojione'],
};
