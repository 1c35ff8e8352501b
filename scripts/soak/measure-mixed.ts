import type { LocalWorker } from '../lib/local-worker.ts';
import { createRandom } from '../scenes/random.ts';
import type { Kind } from './kind.ts';
import { type Ledger, readLedger } from './ledger.ts';
import type { Sender, SoakAnswer } from './send.ts';

/** Enough that requests meet in the Worker, few enough that none is turned away. */
const AT_A_TIME = 4;
const SAMPLES = 20;

/** What came of a long run of all kinds of requests. */
export interface MixedRun {
  readonly requests: number;
  readonly answered: number;
  readonly refused: number;
  /** What was not as it should be: kind, status, code, text. */
  readonly unclean: readonly string[];
  readonly ledgers: readonly (Ledger & { readonly requests: number })[];
}

/** Sends requests in an order that depends on `requests` alone, and checks each answer. */
export async function measureMixed(
  worker: LocalWorker,
  sender: Sender,
  {
    kinds,
    requests,
    onProgress,
  }: {
    readonly kinds: readonly Kind[];
    readonly requests: number;
    readonly onProgress: (step: string, done: number, total: number) => void;
  },
): Promise<MixedRun> {
  const random = createRandom(`soak/${requests}`);
  const first = new Map<string, string>();
  const unclean: string[] = [];
  const ledgers = [{ requests: 0, ...(await readLedger(worker)) }];
  let [sent, answered, refused] = [0, 0, 0];

  function check({ name, code }: Kind, answer: SoakAnswer): void {
    const text = answer.text.replaceAll(/"request_id":"[^"]*"/g, '');
    const expected = first.get(name);
    const right = code === null ? answer.status === 200 : answer.code === code;
    if (!right || (code === null && text !== (expected ?? text))) {
      unclean.push(`${name}: ${answer.status} ${answer.code ?? ''} ${answer.text.slice(0, 200)}`);
      return;
    }
    first.set(name, text);
    if (code === null) answered += 1;
    else refused += 1;
  }

  async function sendUntil(end: number): Promise<void> {
    while (sent < end) {
      const n = sent++;
      const kind = random.pick(kinds);
      check(kind, await sender.send(await kind.make(n)));
      onProgress('mixed requests', answered + refused + unclean.length, requests);
    }
  }

  for (let sample = 1; sample <= SAMPLES; sample++) {
    const end = Math.round((requests * sample) / SAMPLES);
    await Promise.all(Array.from({ length: AT_A_TIME }, () => sendUntil(end)));
    ledgers.push({ requests: end, ...(await readLedger(worker)) });
  }
  return { requests, answered, refused, unclean, ledgers };
}
