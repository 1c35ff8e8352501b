import { make } from '../dom/make.ts';
import { troubleOf } from './trouble.ts';

/** Makes the view of what went wrong: what happened, what to do, and what to name when asking for help. */
export function problemView(fault: unknown): HTMLElement {
  const { advice, detail, code, requestId } = troubleOf(fault);
  const small = [detail, code, requestId].filter((part) => part !== null).join(' · ');
  return make(
    'div',
    { class: 'problem' },
    make('p', {}, make('strong', {}, `${advice.title}.`), ` ${advice.step}`),
    make('p', { class: 'detail' }, small),
  );
}
