import { setTimeout as sleep } from 'node:timers/promises';
import { MAX_WAITING_REQUESTS } from '../../functions/pipeline/slot.ts';
import type { Question } from './questions.ts';
import type { Sender, SoakAnswer } from './send.ts';
import { readWorkerProcess } from './worker-process.ts';

/** Requests that an isolate takes at a time: one computes, the others wait. */
export const CAPACITY = 1 + MAX_WAITING_REQUESTS;
/** How many clients there are, step by step, up to eight times what is taken. */
export const STEPS: readonly number[] = [1, 2, 4, 8, 16, 32, 8 * CAPACITY];

/** What a client does when it is turned away: wait as long as Retry-After says, or ask again at once. */
export const MANNERS = ['patient', 'hostile'] as const;

/** One of them. */
export type Manners = (typeof MANNERS)[number];

/** One step of the ladder. */
export interface Step {
  readonly seconds: number;
  /** Milliseconds of each answer that was right and came in time. */
  readonly right: number[];
  /** Right answers that were under way when the time ran out. */
  readonly late: number;
  /** CPU time of workerd, those answers included; null where the system does not tell. */
  readonly cpuSeconds: number | null;
  /** Milliseconds of each refusal that keeps to the rules: 429 or 503 with Retry-After. */
  readonly refused: number[];
  /** All other answers: status, code, text. */
  readonly unclean: string[];
}

/** What a step is made of. */
export interface StepPlan {
  readonly clients: number;
  readonly manners: Manners;
  readonly seconds: number;
  readonly questions: readonly Question[];
  /** The right answer to each kind of question. */
  readonly expected: ReadonlyMap<string, string>;
  /** Pause between an answer and the next question, at most; drawn anew each time. */
  readonly maxThinkMs: number;
}

/** Numbers the questions of all steps, so that no file comes twice. */
let asked = 0;

/** Lets some clients ask for a while, each one question at a time, and notes what they got. */
export async function climb(sender: Sender, plan: StepPlan): Promise<Step> {
  const { clients, manners, seconds, questions, expected, maxThinkMs } = plan;
  const right: number[] = [];
  const refused: number[] = [];
  const unclean: string[] = [];
  const step = { seconds, right, refused, unclean };
  let late = 0;
  const before = await readWorkerProcess();
  const end = performance.now() + seconds * 1000;
  const left = () => end - performance.now();
  const open = () => left() > 0;

  async function askOnce(): Promise<SoakAnswer> {
    const n = asked++;
    const { kind, make } = questions[n % questions.length] ?? noQuestion();
    const answer = await sender.send(make(n));
    const { ms, status, code, text } = answer;
    if (isRefusal(answer)) step.refused.push(ms);
    else if (status !== 200 || text !== expected.get(kind)) {
      step.unclean.push(`${status} ${code ?? ''} ${text.slice(0, 200)}`);
    } else if (open()) step.right.push(ms);
    else late += 1;
    return answer;
  }

  async function client(): Promise<void> {
    while (open()) {
      const answer = await askOnce();
      if (!isRefusal(answer)) await sleep(Math.random() * maxThinkMs);
      else if (manners === 'patient')
        await sleep(Math.min(answer.retryAfter * 1000, Math.max(0, left())));
    }
  }
  await Promise.all(Array.from({ length: clients }, client));
  const after = await readWorkerProcess();
  const cpuSeconds =
    before === null || after === null ? null : after.cpuSeconds - before.cpuSeconds;
  return { ...step, late, cpuSeconds };
}

function isRefusal(answer: SoakAnswer): answer is SoakAnswer & { readonly retryAfter: number } {
  return (answer.status === 429 || answer.status === 503) && answer.retryAfter !== null;
}

function noQuestion(): never {
  throw new Error('cannot ask: there are no questions');
}
