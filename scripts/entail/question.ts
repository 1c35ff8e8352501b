import type { Verdict } from '../../client/index.ts';

/** A picture and a sentence about it. */
export interface Question {
  /** Absolute. */
  readonly path: string;
  readonly hypothesis: string;
  readonly premise: string | null;
  /** The file that says so, absolute; null when the command line does. */
  readonly source: string | null;
}

/** Why a question has no answer. */
export interface Problem {
  /** Of the API's closed list or the client's, or `unreadable`: the file. */
  readonly code: string;
  readonly detail: string;
}

/** A question and what came of it. */
export interface Answer extends Question {
  readonly result: Verdict | Problem;
}

/** Whether a question has an answer. */
export function isVerdict(result: Verdict | Problem): result is Verdict {
  return 'label' in result;
}
