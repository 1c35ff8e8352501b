import type { Problem, Verdict } from '../../../client/index.ts';
import { byId } from '../dom/by-id.ts';
import { make } from '../dom/make.ts';
import { compareResults } from './compare-results.ts';

/** Where a question was answered. */
export type Place = 'endpoint' | 'browser';

const NAMES: Readonly<Record<Place, string>> = { endpoint: 'Endpoint', browser: 'This browser' };

/** What came of a question at one place. */
export interface Outcome {
  /** From asking to the last answer. */
  readonly milliseconds: number;
  readonly results: readonly (Verdict | Problem)[];
}

/** How long the present question took, at each place where it was asked. */
export interface Times {
  /** Shows a time beside the other place's, and how alike they answered. */
  show(place: Place, outcome: Outcome): void;
  /** The question is another one now. */
  clear(): void;
}

/** Makes the times, without any. */
export function createTimes(): Times {
  const list = byId('times', HTMLDListElement);
  const comparison = byId('compared', HTMLParagraphElement);
  const known = new Map<Place, Outcome>();
  return {
    show(place, outcome) {
      known.set(place, outcome);
      const [first, second] = known.values();
      list.hidden = false;
      list.replaceChildren(
        ...[...known].map(([where, { milliseconds }]) => line(where, milliseconds)),
      );
      if (first === undefined || second === undefined) return;
      comparison.hidden = false;
      comparison.textContent = compareResults(first.results, second.results);
    },
    clear() {
      known.clear();
      list.hidden = true;
      comparison.hidden = true;
    },
  };
}

function line(place: Place, milliseconds: number): HTMLElement {
  const time = `${(milliseconds / 1000).toFixed(2)} s`;
  return make('div', {}, make('dt', {}, NAMES[place]), make('dd', {}, time));
}
