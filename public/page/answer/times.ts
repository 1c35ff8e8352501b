import { byId } from '../dom/by-id.ts';
import { make } from '../dom/make.ts';

/** Where a question was answered. */
export type Place = 'endpoint' | 'browser';

const NAMES: Readonly<Record<Place, string>> = {
  endpoint: 'Endpoint',
  browser: 'This browser',
};

/** Keeps how long the present question took, at each place where it was asked. */
export interface Times {
  /** Shows a time beside the other place's. */
  show(place: Place, milliseconds: number): void;
  /** The question is another one now. */
  clear(): void;
}

/** Makes the times, without any. */
export function createTimes(): Times {
  const list = byId('times', HTMLDListElement);
  const known = new Map<Place, number>();
  return {
    show(place, milliseconds) {
      known.set(place, milliseconds);
      list.hidden = false;
      list.replaceChildren(
        ...[...known].map(([where, time]) =>
          make('div', {}, make('dt', {}, NAMES[where]), make('dd', {}, seconds(time))),
        ),
      );
    },
    clear() {
      known.clear();
      list.hidden = true;
    },
  };
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}
