import { config } from 'zod/mini';
import { describeProblem, type Problem } from '../../functions/http/problem.ts';
import { systemClock } from '../../functions/lib/clock.ts';
import { EntailError } from '../../functions/lib/entail-error.ts';
import { describeModel } from '../../functions/pipeline/describe-model.ts';
import type { Service } from '../../functions/pipeline/service.ts';
import type { Verdict } from '../../functions/pipeline/verdict.ts';
import { createLocalService } from './local-service.ts';
import type { EngineSettings, Order, PostedQuestion, Reply } from './messages.ts';

// The page forbids code made out of texts, and zod would try.
config({ jitless: true });

/** Made by the first order. */
let service: Service | null = null;

/** In the Worker `ctx.waitUntil`; here nothing ends with a request. */
const keepAlive = () => {};

addEventListener('message', ({ data: order }: MessageEvent<Order>) => {
  const { port } = order;
  const send = (reply: Reply) => port.postMessage(reply);
  const work = order.kind === 'open' ? open(order.settings, send) : entail(order.question, port);
  work.catch((error: unknown) => {
    const known =
      error instanceof EntailError ? error : new EntailError('internal', `cannot answer: ${error}`);
    send({ kind: 'failed', code: known.code, message: known.message });
  });
});

// A thread that does not start rejects a promise that nobody has: the page shall hear of it rather than wait.
addEventListener('unhandledrejection', ({ reason }) => reportError(reason));

async function open(settings: EngineSettings, send: (reply: Reply) => void): Promise<void> {
  // WebKitGTK calls a page isolated and shares no memory all the same.
  const sharesMemory = crossOriginIsolated && typeof SharedArrayBuffer === 'function';
  const threads = sharesMemory ? settings.threads : 1;
  service = await createLocalService({ ...settings, threads }, (progress) =>
    send({ kind: 'progress', progress }),
  );
  send({ kind: 'opened', model: describeModel(await service.model(keepAlive)), threads });
}

async function entail(question: PostedQuestion, port: MessagePort): Promise<void> {
  let stopped = false;
  port.onmessage = () => {
    stopped = true;
  };
  const id = crypto.randomUUID();
  const send = (reply: Reply) => port.postMessage(reply);
  await service?.answerBatch(
    keepAlive,
    async () => question,
    async (result) => {
      send({ kind: 'result', result: shown(result, id) });
      // Only when nothing runs can the message come that says to stop.
      await systemClock.sleep(0);
      if (stopped) throw new EntailError('internal', 'nobody reads any further');
    },
  );
  send({ kind: 'done' });
}

function shown(result: Verdict | EntailError, id: string): Verdict | Problem {
  return result instanceof EntailError ? describeProblem(result.code, result.message, id) : result;
}
