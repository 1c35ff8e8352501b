import type { Noun } from './noun.ts';
import { topic } from './topic.ts';

const INSTRUMENTS = topic(['instrument'], {
  guitar: {},
  trumpet: {},
  saxophone: {},
  drum: {},
  piano: { icon: 'musical-keyboard' },
});

const BALLS = topic(['ball'], {
  'soccer ball': {},
  basketball: {},
  baseball: {},
});

const OTHERS = topic([], {
  bell: { doubtful: ['instrument'] },
  trophy: { doubtful: ['cup'] },
  medal: { icon: 'sports-medal' },
  'boxing glove': {},
});

/** Sport and music. */
export const LEISURE: readonly Noun[] = [...INSTRUMENTS, ...BALLS, ...OTHERS];
