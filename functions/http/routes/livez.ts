import type { Hono } from 'hono';
import type * as z from 'zod/mini';
import type { AppEnv } from '../app-env.ts';
import type { liveSchema } from '../schema/health-schemas.ts';

/** `GET /livez`: the Worker runs; says nothing of the model. */
export function addLivez(app: Hono<AppEnv>): void {
  const live: z.output<typeof liveSchema> = { status: 'live' };
  app.get('/livez', (c) => c.json(live));
}
