import { memberOf } from '../../../client/member-of.ts';
import { PictureError } from '../picture/picture-error.ts';
import { type Advice, NEXT_STEP } from './next-step.ts';

/** What went wrong, as the page says it. */
export interface Trouble {
  readonly advice: Advice;
  /** In the words of who noticed. */
  readonly detail: string;
  /** Of the closed list; null: the page's own. */
  readonly code: string | null;
  /** By which the endpoint's log names the request. */
  readonly requestId: string | null;
}

const UNKNOWN: Advice = {
  title: 'The page made a mistake',
  step: 'Reload it and try again.',
};

/**
 * Reads what was thrown: by the page, by the client, or by the engine in the browser; or a problem that stands in a verdict's
 * place.
 */
export function troubleOf(fault: unknown): Trouble {
  const detail = textOf(fault, 'detail') ?? textOf(fault, 'message') ?? String(fault);
  const code = textOf(fault, 'code');
  if (fault instanceof PictureError) {
    return { advice: fault.advice, detail, code: null, requestId: null };
  }
  const advice = Object.entries(NEXT_STEP).find(([known]) => known === code)?.[1] ?? UNKNOWN;
  const requestId = textOf(fault, 'requestId') ?? textOf(fault, 'request_id');
  return { advice, detail, code, requestId };
}

function textOf(value: unknown, name: string): string | null {
  const text = memberOf(value, name);
  return typeof text === 'string' ? text : null;
}
