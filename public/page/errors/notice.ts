import { byId } from '../dom/by-id.ts';
import { problemView } from './problem-view.ts';

/** What went wrong is said where the visitor looks: at the picture, or at the question. */
const PLACES = ['picture-notice', 'notice'] as const;

/**
 * Says what went wrong.
 *
 * @param more What helps, such as a form.
 */
export function showNotice(
  place: (typeof PLACES)[number],
  fault: unknown,
  ...more: readonly HTMLElement[]
): void {
  const notice = byId(place, HTMLElement);
  notice.replaceChildren(problemView(fault), ...more);
  notice.hidden = false;
  notice.scrollIntoView({ block: 'nearest' });
}

/** Takes back what was said. */
export function hideNotices(): void {
  for (const place of PLACES) byId(place, HTMLElement).hidden = true;
}
