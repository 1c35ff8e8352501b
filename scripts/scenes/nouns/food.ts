import type { Noun } from './noun.ts';
import { topic } from './topic.ts';

const FRUIT = topic(['food', 'fruit'], {
  apple: { icon: 'red-apple' },
  banana: {},
  pear: {},
  orange: { icon: 'tangerine' },
  lemon: {},
  strawberry: {},
  watermelon: {},
  pineapple: {},
});

const OTHER_FOOD = topic(['food'], {
  carrot: { doubtful: ['fruit'] },
  eggplant: { doubtful: ['fruit'] },
  avocado: { doubtful: ['fruit'] },
  egg: {},
  croissant: {},
  hamburger: {},
  'hot dog': {},
  pizza: {},
  cookie: {},
  doughnut: {},
  cake: { icon: 'birthday-cake' },
  'ice cream': { icon: 'soft-ice-cream' },
  lollipop: {},
});

/** Things to eat. */
export const FOOD: readonly Noun[] = [...FRUIT, ...OTHER_FOOD];
