import { ERROR_STATUS, type ErrorCode } from '../../functions/lib/entail-error.ts';
import { verdictSchema } from '../../functions/pipeline/verdict-schema.ts';
import { problemSchema } from '../lib/problem-schema.ts';
import type { FuzzAnswer } from './send-picture.ts';

/** Codes of the closed list that no picture may cause: each says that something broke. */
const FAULTS: ReadonlySet<string> = new Set([
  'internal',
  'inference_invalid',
  'runtime_dead',
  'model_missing',
  'model_integrity',
  'storage_unavailable',
  'overloaded',
  'model_loading',
] satisfies ErrorCode[]);

/** Sums of three quotients of one sum are off by the last bits at most. */
const MAX_SUM_ERROR = 1e-9;

/** What an answer counts as, and what is wrong with it. */
export interface Judgement {
  /** A code of the closed list, `answered`, or `unclean` for anything else. */
  readonly code: string;
  readonly complaint: string | null;
}

/** Judges the answer to a picture of any kind: a verdict that adds up, or a problem of the closed list in its proper form. */
export function judgeAnswer(answer: FuzzAnswer): Judgement {
  return answer.status === 200 ? judgeVerdict(answer) : judgeProblem(answer);
}

function judgeVerdict({ text }: FuzzAnswer): Judgement {
  const verdict = verdictSchema.safeParse(parsed(text));
  if (!verdict.success) return unclean('status 200 without a verdict');
  const { entailment, neutral, contradiction } = verdict.data.scores;
  const sum = entailment + neutral + contradiction;
  if (!(Math.abs(sum - 1) < MAX_SUM_ERROR)) return unclean(`scores that add up to ${sum}`);
  return { code: 'answered', complaint: null };
}

function judgeProblem({ status, headers, text }: FuzzAnswer): Judgement {
  const problem = problemSchema.safeParse(parsed(text));
  if (!problem.success) return unclean(`status ${status} without a problem of the closed list`);
  const { code } = problem.data;
  const retry = status === 429 || status === 503;
  const wrong = [
    [status !== ERROR_STATUS[code], `status ${status}`],
    [problem.data.status !== status, `status ${problem.data.status} in the body`],
    [headers.get('Content-Type') !== 'application/problem+json', 'wrong Content-Type'],
    [headers.has('Retry-After') !== retry, 'Retry-After where it is not due, or none where it is'],
    [problem.data.retryable !== (retry || status === 408), 'wrong retryable'],
    [headers.get('X-Request-Id') !== problem.data.request_id, 'two request ids'],
    [FAULTS.has(code), problem.data.detail],
  ] as const;
  const complaint = wrong.find(([is]) => is)?.[1] ?? null;
  return { code, complaint: complaint === null ? null : `${code}: ${complaint}` };
}

function unclean(complaint: string): Judgement {
  return { code: 'unclean', complaint };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
