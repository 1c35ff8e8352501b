import { config } from 'zod/mini';
import { describeProblem } from '../../functions/http/problem.ts';
import { systemClock } from '../../functions/lib/clock.ts';
import { EntailError } from '../../functions/lib/entail-error.ts';
import { describeModel } from '../../functions/pipeline/describe-model.ts';
import type { Service } from '../../functions/pipeline/service.ts';
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

async function open(settings: EngineSettings, send: (reply: Reply) => void): Promise<void> {
  const threads = crossOriginIsolated ? settings.threads : 1;
  service = await createLocalService({ ...settings, threads }, (progress) =>
    send({ kind: 'progress', progress }),
  );
  send({ kind: 'opened', model: describeModel(await service.model(keepAlive)), threads });
}

/** Judges one sentence after another; the picture is seen once all the same, as the service remembers it. */
async function entail({ hypotheses, ...rest }: PostedQuestion, port: MessagePort): Promise<void> {
  let stopped = false;
  port.onmessage = () => {
    stopped = true;
  };
  const id = crypto.randomUUID();
  const send = (reply: Reply) => port.postMessage(reply);
  for (const hypothesis of hypotheses) {
    await service?.answerBatch(
      keepAlive,
      async () => ({ ...rest, hypotheses: [hypothesis] }),
      (result) =>
        send({
          kind: 'result',
          result:
            result instanceof EntailError
              ? describeProblem(result.code, result.message, id)
              : result,
        }),
    );
    // Only when nothing runs can a message come in that says to stop.
    await systemClock.sleep(0);
    if (stopped) return;
  }
  send({ kind: 'done' });
}
