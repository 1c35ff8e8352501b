import type { Noun } from './noun.ts';
import { topic } from './topic.ts';

/** Vehicles on land, on water and in the air. */
export const VEHICLES: readonly Noun[] = topic(['vehicle'], {
  car: { icon: 'automobile', recolourable: true },
  bus: {},
  truck: { icon: 'delivery-truck' },
  'fire truck': { icon: 'fire-engine', is: ['truck'] },
  ambulance: { doubtful: ['car', 'truck'] },
  tractor: { doubtful: ['truck'] },
  bicycle: {},
  motorcycle: { doubtful: ['bicycle'] },
  train: { icon: 'locomotive' },
  airplane: {},
  helicopter: { doubtful: ['airplane'] },
  rocket: { doubtful: ['airplane'] },
  sailboat: { is: ['boat'] },
  canoe: { is: ['boat'] },
  ship: { doubtful: ['boat'] },
});
