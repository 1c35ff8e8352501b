import type { Hono } from 'hono';
import { EntailError } from '../../lib/entail-error.ts';
import type { Service } from '../../pipeline/service.ts';
import type { Verdict } from '../../pipeline/verdict.ts';
import { noteError } from '../answer-error.ts';
import type { AppContext, AppEnv } from '../app-env.ts';
import { keepAliveOf } from '../keep-alive.ts';
import { noteResult } from '../log/note-result.ts';
import { describeProblem, type Problem } from '../problem.ts';
import { batchReader } from '../question-reader.ts';

const NDJSON = 'application/x-ndjson';

/** `POST /v1/entail/batch`: one image, several hypotheses, a verdict or a problem for each, in their order. */
export function addBatch(app: Hono<AppEnv>, service: Service): void {
  app.post('/v1/entail/batch', async (c) => {
    if (c.req.header('Accept')?.includes(NDJSON)) return streamed(c, service);
    const results: (Verdict | Problem)[] = [];
    await service.answerBatch(keepAliveOf(c), batchReader(c), (result) => {
      results.push(resultOf(c, result));
    });
    return c.json({ results });
  });
}

/**
 * Sends each result as it is ready, a line each. Nothing is sent before the first, so that what concerns all of them
 * is still answered with a status of its own.
 */
async function streamed(c: AppContext, service: Service): Promise<Response> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  const encoder = new TextEncoder();
  const { promise: begun, resolve: begin, reject: fail } = Promise.withResolvers<void>();
  // Not awaited: a reader that is slow, or gone, must not hold the slot. 32 lines are a few kB.
  const send = (result: Verdict | Problem): Promise<void> => {
    writer.write(encoder.encode(`${JSON.stringify(result)}\n`)).catch(() => {});
    begin();
    return turn();
  };
  const work = service.answerBatch(keepAliveOf(c), batchReader(c), (result) =>
    send(resultOf(c, result)),
  );
  const close = work.then(
    () => writer.close(),
    async (error: unknown) => {
      // Too late for a status once lines are out: the connection breaks off instead, and nobody takes it for all.
      fail(error);
      await writer.abort(error);
    },
  );
  close.catch(() => {});
  await begun;
  // Not until the reader has it all: one that is slow would put off the line in the log.
  c.get('record').rest = work.catch((error: unknown) => noteError(c, error));
  return c.body(readable, 200, { 'Content-Type': NDJSON });
}

/**
 * Lets the event loop have a turn. Judging runs on the one thread that sends as well, and waits for nothing else: without
 * turns all lines would leave together, behind the last sentence.
 */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

function resultOf(c: AppContext, result: Verdict | EntailError): Verdict | Problem {
  noteResult(c, result);
  return result instanceof EntailError
    ? describeProblem(result.code, result.message, c.get('requestId'))
    : result;
}
