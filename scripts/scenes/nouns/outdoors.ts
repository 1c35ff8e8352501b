import type { Noun } from './noun.ts';
import { topic } from './topic.ts';

const FLOWERS = topic(['flower'], { rose: {}, tulip: {}, sunflower: {} });

const PLANTS = topic([], {
  tree: { icon: 'deciduous-tree' },
  'pine tree': { icon: 'evergreen-tree', is: ['tree'] },
  'palm tree': { is: ['tree'] },
  cactus: { plural: 'cactuses', doubtful: ['flower', 'tree'] },
  leaf: { icon: 'maple-leaf', plural: 'leaves' },
  mushroom: { doubtful: ['food', 'fruit'] },
  pumpkin: { icon: 'jack-o-lantern', doubtful: ['food', 'fruit'] },
});

const PLACES = topic([], {
  snowman: { plural: 'snowmen', icon: ['snowman-without-snow', 'snowman'] },
  house: { is: ['building'] },
  castle: { is: ['building'], doubtful: ['house'] },
  church: { is: ['building'], doubtful: ['house'] },
});

/** Plants, and what people build outdoors. */
export const OUTDOORS: readonly Noun[] = [...FLOWERS, ...PLANTS, ...PLACES];
