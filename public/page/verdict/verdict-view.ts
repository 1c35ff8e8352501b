import type { Verdict } from '../../../client/index.ts';
import { make } from '../dom/make.ts';
import { LABELS, lookOf } from './labels.ts';
import { percent } from './percent.ts';

/** Makes the view of a verdict: its label, and a bar for each score. */
export function verdictView({ label, scores }: Verdict): HTMLElement {
  const { name, mark, meaning } = lookOf(label);
  return make(
    'div',
    { class: 'verdict', 'data-label': label },
    make(
      'p',
      { class: 'verdict-label' },
      make('span', { class: 'mark', 'aria-hidden': 'true' }, mark),
      make('strong', {}, name),
      make('span', { class: 'meaning' }, meaning),
    ),
    make('dl', { class: 'bars' }, ...LABELS.map((look) => bar(look.label, scores[look.label]))),
  );
}

function bar(label: Verdict['label'], score: number): HTMLElement {
  const fill = make('span', { class: 'fill' });
  fill.style.inlineSize = `${100 * score}%`;
  return make(
    'div',
    { class: 'bar', 'data-label': label },
    make('dt', {}, lookOf(label).name),
    make(
      'dd',
      {},
      make('span', { class: 'track', 'aria-hidden': 'true' }, fill),
      make('span', { class: 'score' }, percent(score)),
    ),
  );
}
