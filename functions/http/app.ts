import { Hono } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { requestId } from 'hono/request-id';
import type { Service } from '../pipeline/service.ts';
import { answerError, type Log } from './answer-error.ts';
import type { AppEnv } from './app-env.ts';
import { problem } from './problem.ts';
import { addBatch } from './routes/batch.ts';
import { addEntail } from './routes/entail.ts';
import { addLivez } from './routes/livez.ts';
import { addModel } from './routes/model.ts';
import { addReadyz } from './routes/readyz.ts';
import { addRoot } from './routes/root.ts';

/** What the app is made of. */
export interface AppDependencies {
  readonly service: Service;
  readonly log: Log;
}

/** Makes the HTTP side of a service: routes, request ids, and problems for all that goes wrong. */
export function createApp({ service, log }: AppDependencies): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.use(requestId());
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) => {
        const allow = methods.join(', ');
        c.header('Allow', allow);
        return problem(
          c,
          'method_not_allowed',
          `cannot ${c.req.method} ${shown(c.req.path)}: only ${allow}`,
        );
      },
    }),
  );
  addRoot(app);
  addLivez(app);
  addReadyz(app, service);
  addModel(app, service);
  addEntail(app, service);
  addBatch(app, service);
  app.notFound((c) => problem(c, 'not_found', `cannot find ${shown(c.req.path)}`));
  app.onError((error, c) => answerError(c, error, log));
  return app;
}

/** A path is the caller's own: enough of it to recognise. */
function shown(path: string): string {
  return path.slice(0, 100);
}
