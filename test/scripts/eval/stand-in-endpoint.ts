import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Label } from '../../../functions/pipeline/verdict.ts';

/** How the stand-in misbehaves. */
export interface StandInOptions {
  /** What the model is called. */
  readonly name?: string;
  /** Before each answer. */
  readonly delayMs?: number;
  /** Status and Retry-After of the n-th question, from 1; undefined to answer it. */
  readonly refuse?: (question: number) => { status: number; retryAfter?: string } | undefined;
  /** The model's revision while it answers the n-th question. */
  readonly revision?: (question: number) => string;
}

/** A server that answers every question by a word in it, and keeps count. */
export interface StandIn {
  readonly url: string;
  /** Questions so far, refused ones too. */
  readonly asked: () => number;
  /** Most questions under way at a time. */
  readonly peak: () => number;
  close(): Promise<void>;
}

/** What the stand-in answers: maybe, unless the sentence says that it is true or false. */
export function standInLabel(hypothesis: string): Label {
  if (hypothesis.includes('true')) return 'entailment';
  return hypothesis.includes('false') ? 'contradiction' : 'neutral';
}

/** Starts a stand-in for an endpoint on a free port of this machine. */
export async function startStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const {
    name = 'stand-in',
    delayMs = 0,
    refuse = () => undefined,
    revision = () => 'sha256:one',
  } = options;
  let asked = 0;
  let underWay = 0;
  let peak = 0;
  const server = createServer(async (request, response) => {
    const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
      response
        .writeHead(status, { 'Content-Type': 'application/json', ...headers })
        .end(JSON.stringify(body));
    const model = { name, revision: revision(asked), dtype: 'int8' };
    if (request.url === '/v1/model') {
      return json(200, { ...model, state: 'ready', image: { side: 1 } });
    }
    asked += 1;
    const mine = asked;
    underWay += 1;
    peak = Math.max(peak, underWay);
    // Null: the asker was killed while it sent.
    const chunks = await request.toArray().catch(() => null);
    if (chunks !== null) await sleep(delayMs);
    underWay -= 1;
    if (chunks === null) return response.destroy();
    const body = Buffer.concat(chunks);
    const refusal = refuse(mine);
    if (refusal !== undefined) {
      const { status, retryAfter } = refusal;
      const headers: Record<string, string> =
        retryAfter === undefined ? {} : { 'Retry-After': retryAfter };
      return json(status, { code: 'overloaded', detail: 'cannot take the request' }, headers);
    }
    const label = standInLabel(body.toString('latin1'));
    const scores = { entailment: 0.1, neutral: 0.1, contradiction: 0.1, [label]: 0.8 };
    const answer = { entailment: 'yes', neutral: 'maybe', contradiction: 'no' }[label];
    const image = { format: 'png', width: 1, height: 1 };
    return json(200, {
      label,
      answer,
      scores,
      image,
      model: { ...model, revision: revision(mine) },
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = address(server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    asked: () => asked,
    peak: () => peak,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function address(found: AddressInfo | string | null): AddressInfo {
  if (found === null || typeof found === 'string') throw new Error('no port');
  return found;
}
