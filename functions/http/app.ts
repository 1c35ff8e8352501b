import { Hono } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { requestId } from 'hono/request-id';
import type { Clock } from '../lib/clock.ts';
import type { Service } from '../pipeline/service.ts';
import type { StoredModel } from '../pipeline/stored-model.ts';
import type { AccessSettings } from './access/access.ts';
import { addAccess } from './access/add-access.ts';
import { answerError } from './answer-error.ts';
import { answerHeaders } from './answer-headers.ts';
import type { AppEnv } from './app-env.ts';
import type { Log } from './log/log-line.ts';
import { logRequests } from './log/log-requests.ts';
import { problem } from './problem.ts';
import { addBatch } from './routes/batch.ts';
import { addEntail } from './routes/entail.ts';
import { addLivez } from './routes/livez.ts';
import { addModel } from './routes/model.ts';
import { addModelFiles } from './routes/model-files.ts';
import { addReadyz } from './routes/readyz.ts';
import { throwErrors } from './throw-errors.ts';

/** What the app is made of. */
export interface AppDependencies {
  readonly service: Service;
  readonly stored: StoredModel;
  readonly access: AccessSettings;
  readonly clock: Clock;
  readonly log: Log;
}

/** Makes the HTTP side of a service: who may call, routes, request ids, and problems for all that goes wrong. */
export function createApp({ service, stored, access, clock, log }: AppDependencies): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.use(logRequests(log, clock));
  app.use(requestId());
  app.use(answerHeaders);
  app.use(throwErrors);
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
  addLivez(app);
  addAccess(app, access);
  addReadyz(app, service);
  addModel(app, service);
  addModelFiles(app, stored);
  addEntail(app, service);
  addBatch(app, service);
  app.notFound((c) => problem(c, 'not_found', `cannot find ${shown(c.req.path)}`));
  app.onError((error, c) => answerError(c, error));
  return app;
}

/** A path is the caller's own: enough of it to recognise. */
function shown(path: string): string {
  return path.slice(0, 100);
}
