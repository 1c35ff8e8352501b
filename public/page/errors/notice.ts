import { byId } from '../dom/by-id.ts';
import { problemView } from './problem-view.ts';

/**
 * Says what went wrong with all of a question.
 *
 * @param more What helps, such as a form.
 */
export function showNotice(fault: unknown, ...more: readonly HTMLElement[]): void {
  const notice = byId('notice', HTMLElement);
  notice.hidden = false;
  notice.replaceChildren(problemView(fault), ...more);
}

/** Takes it back. */
export function hideNotice(): void {
  byId('notice', HTMLElement).hidden = true;
}
