import type { Hono } from 'hono';
import { cors } from 'hono/cors';
import { EntailError } from '../../lib/entail-error.ts';
import type { AppEnv } from '../app-env.ts';
import { type Access, type AccessSettings, readAccess } from './access.ts';
import { guard } from './guard.ts';

/** Everything that shows, or costs, something of the model. */
const API = '/v1/*';
/** Browsers keep the answer to a preflight for 2 h at most. */
const PREFLIGHT_AGE_S = 7200;

/** Guards the routes that are added afterwards; with malformed settings, all of them answer with what is wrong. */
export function addAccess(app: Hono<AppEnv>, settings: AccessSettings): void {
  app.use(API, async (c, next) => {
    c.header('Cache-Control', 'no-store');
    await next();
  });
  const access = accessOrFault(settings);
  if (access instanceof EntailError) {
    app.use(() => Promise.reject(access));
    return;
  }
  if (access.origins !== null) {
    app.use(
      API,
      cors({
        origin: access.origins,
        allowMethods: ['GET', 'HEAD', 'POST'],
        allowHeaders: ['Authorization', 'Content-Type', 'X-Request-Id'],
        exposeHeaders: ['Retry-After', 'X-Request-Id'],
        maxAge: PREFLIGHT_AGE_S,
      }),
    );
  }
  app.use(API, guard(access));
}

function accessOrFault(settings: AccessSettings): Access | EntailError {
  try {
    return readAccess(settings);
  } catch (error) {
    if (error instanceof EntailError) return error;
    throw error;
  }
}
