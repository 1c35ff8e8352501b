import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { TestContext } from 'node:test';
import type { Verdict } from '../../client/index.ts';

/** An endpoint whose answers are made up. */
export interface FakeEndpoint {
  readonly url: string;
  /** What was asked so far. */
  readonly requests: readonly IncomingMessage[];
}

/** Answers one request, the n-th from 1. */
export type Answer = (n: number, response: ServerResponse) => void;

/** Starts a server that answers as it is told, until the test ends. */
export async function fakeEndpoint(t: TestContext, answer: Answer): Promise<FakeEndpoint> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    // Answered only when all of the body is there, as the Worker does.
    request.resume().on('end', () => answer(requests.length, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { url: `http://127.0.0.1:${address.port}`, requests };
}

/** A verdict as an endpoint writes it. */
export const VERDICT: Verdict = {
  label: 'contradiction',
  answer: 'no',
  scores: { entailment: 0.02, neutral: 0.07, contradiction: 0.91 },
  image: { format: 'png', width: 2, height: 3 },
  model: { name: 'made-up', revision: 'sha256:00', dtype: 'int8' },
};

/** One line of a streamed batch. */
export const VERDICT_LINE = `${JSON.stringify(VERDICT)}\n`;

/** Says that it is busy, and when to come back. */
export function answerBusy(response: ServerResponse): void {
  const problem = { code: 'overloaded', detail: 'cannot take it', retryable: true };
  const headers = { 'Content-Type': 'application/problem+json', 'Retry-After': '0' };
  response.writeHead(503, headers).end(JSON.stringify(problem));
}
