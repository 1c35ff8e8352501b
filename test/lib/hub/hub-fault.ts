import { createRandom } from '../../../scripts/scenes/random.ts';

/** How an answer of the stand-in hub goes wrong; `at` is a part of what should be sent, 0 to 1. */
export type HubFault =
  /** A refusal. */
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: string }
  /** The connection ends in the middle. */
  | { readonly kind: 'drop'; readonly at: number }
  /** The answer says that it is shorter than it should be, and is. */
  | { readonly kind: 'short'; readonly at: number }
  /** The answer has more bytes than it should. */
  | { readonly kind: 'long' }
  /** One byte is another. */
  | { readonly kind: 'flip'; readonly at: number }
  /** A range that begins elsewhere than asked, and says so. */
  | { readonly kind: 'shift' }
  /** Half of what was asked, under a Content-Range that says so. */
  | { readonly kind: 'half-range' }
  /** The whole file, though a part was asked. */
  | { readonly kind: 'whole' }
  /** Silence from there on. */
  | { readonly kind: 'stall'; readonly at: number }
  /** A web page under status 200. */
  | { readonly kind: 'page' }
  /** By way of another origin. */
  | { readonly kind: 'redirect' };

/** Says what befalls a request, from its number (from 0) and the file's name; the list is called `list`. */
export type HubSchedule = (request: number, name: string) => HubFault | null;

/** Faults that pass: an attempt after them may go well. */
const PASSING: readonly HubFault['kind'][] = [
  'status',
  'drop',
  'short',
  'long',
  'shift',
  'half-range',
  'whole',
  'stall',
  'redirect',
];

/**
 * Makes a schedule at random.
 *
 * @param probability Of a fault, each request.
 * @param flips Whether bytes may change, which only a digest notices.
 */
export function randomSchedule(
  seed: string,
  { probability, flips }: { readonly probability: number; readonly flips: boolean },
): HubSchedule {
  const kinds = flips ? [...PASSING, 'flip' as const] : PASSING;
  return (request, name) => {
    const { chance, pick, next } = createRandom(`${seed}/${request}/${name}`);
    if (!chance(probability)) return null;
    const kind = pick(kinds);
    switch (kind) {
      case 'status': {
        const status = pick([408, 429, 500, 502, 503, 504]);
        return { kind, status, ...(status === 429 ? { retryAfter: '0' } : {}) };
      }
      case 'drop':
      case 'short':
      case 'flip':
      case 'stall':
        return { kind, at: next() };
      default:
        return { kind };
    }
  };
}
