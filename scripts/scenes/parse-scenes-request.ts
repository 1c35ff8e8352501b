import type { ScenesRequest } from './make-scenes.ts';
import { SPLIT_STYLES, type Split } from './splits.ts';

/** File names have six digits. */
const MAX_SCENES = 1_000_000;
/** Below, things are a few pixels wide; above, icons take memory that nobody needs. */
const SIDE_RANGE_PX = [64, 1024] as const;

/**
 * Reads what a person asked for.
 *
 * @throws {Error} Not whole numbers, outside their range, or an unknown split.
 */
export function parseScenesRequest(asked: {
  readonly count: string;
  readonly seed: string;
  readonly split: string;
  readonly size: string;
}): ScenesRequest {
  const { split } = asked;
  if (!isSplit(split)) {
    const splits = Object.keys(SPLIT_STYLES).join(', ');
    throw new Error(`cannot make scenes: --split is ${split}, expected one of ${splits}`);
  }
  return {
    split,
    count: wholeNumber('count', asked.count, [1, MAX_SCENES]),
    seed: wholeNumber('seed', asked.seed, [0, Number.MAX_SAFE_INTEGER]),
    side: wholeNumber('size', asked.size, SIDE_RANGE_PX),
  };
}

function isSplit(name: string): name is Split {
  return Object.hasOwn(SPLIT_STYLES, name);
}

function wholeNumber(name: string, text: string, [low, high]: readonly [number, number]): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < low || value > high) {
    throw new Error(`cannot make scenes: --${name} is ${text}, expected ${low} to ${high}`);
  }
  return value;
}
