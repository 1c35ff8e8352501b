import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { Clock } from '../../lib/clock.ts';
import type { AppEnv } from '../app-env.ts';
import type { Log } from './log-line.ts';
import type { RequestRecord } from './request-record.ts';

/** Writes one line for each request, when all of its answer is made. */
export function logRequests(log: Log, clock: Clock): MiddlewareHandler<AppEnv> {
  return async function logRequests(c, next) {
    const began = clock.now();
    const record: RequestRecord = { notes: {}, rest: null, elapsed: () => clock.now() - began };
    c.set('record', record);
    await next();
    const { notes, rest } = record;
    const write = () =>
      log({
        level: notes.error === undefined ? 'info' : 'error',
        request_id: c.get('requestId'),
        method: c.req.method,
        route: routePath(c, -1),
        status: c.res.status,
        ...notes,
        total_ms: record.elapsed(),
      });
    if (rest === null) write();
    else c.executionCtx.waitUntil(rest.then(write, write));
  };
}
