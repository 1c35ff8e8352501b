import { createRandom } from '../../../scripts/scenes/random.ts';
import type { Fault, FaultPlan } from './fault.ts';

/** Says which fault befalls the next read of a key. */
export type FaultSchedule = (key: string) => Fault | null;

/**
 * Makes the schedule of a plan. What is random depends on the seed, the key and how often it was read, not on which of
 * several reads comes first.
 */
export function createFaultSchedule({ byKey = {}, always, random }: FaultPlan): FaultSchedule {
  const readsOf = new Map<string, number>();
  return (key) => {
    const read = readsOf.get(key) ?? 0;
    readsOf.set(key, read + 1);
    const scripted = byKey[key]?.[read];
    if (scripted !== undefined) return scripted;
    if (always !== undefined) return always;
    if (random === undefined) return null;
    const { chance, pick } = createRandom(`${random.seed}/${key}/${read}`);
    return chance(random.probability) ? pick(random.faults) : null;
  };
}
