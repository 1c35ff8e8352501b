import { config } from 'zod/mini';
import { describeProblem } from '../../functions/http/problem.ts';
import { EntailError } from '../../functions/lib/entail-error.ts';
import { describeModel } from '../../functions/pipeline/describe-model.ts';
import type { Service } from '../../functions/pipeline/service.ts';
import { createLocalService } from './local-service.ts';
import type { Order, Reply } from './messages.ts';

// The page forbids code made out of texts, and zod would try.
config({ jitless: true });

/** Made by the first order. */
let service: Service | null = null;

/** In the Worker `ctx.waitUntil`; here nothing ends with a request. */
const keepAlive = () => {};

addEventListener('message', ({ data }: MessageEvent<Order>) => {
  const send = (reply: Reply) => data.port.postMessage(reply);
  carryOut(data, send).catch((error: unknown) => {
    const known =
      error instanceof EntailError ? error : new EntailError('internal', `cannot answer: ${error}`);
    send({ kind: 'failed', code: known.code, message: known.message });
  });
});

async function carryOut(order: Order, send: (reply: Reply) => void): Promise<void> {
  if (order.kind === 'open') {
    const threads = crossOriginIsolated ? order.settings.threads : 1;
    service = await createLocalService({ ...order.settings, threads }, (progress) =>
      send({ kind: 'progress', progress }),
    );
    send({ kind: 'opened', model: describeModel(await service.model(keepAlive)), threads });
    return;
  }
  if (service === null) throw new EntailError('internal', 'cannot answer: the engine is not open');
  const { question } = order;
  const id = crypto.randomUUID();
  await service.answerBatch(
    keepAlive,
    async () => question,
    (result) =>
      send({
        kind: 'result',
        result:
          result instanceof EntailError ? describeProblem(result.code, result.message, id) : result,
      }),
  );
  send({ kind: 'done' });
}
