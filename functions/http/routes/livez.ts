import type { Hono } from 'hono';
import type { AppEnv } from '../app-env.ts';

/** `GET /livez`: the Worker runs; says nothing of the model. */
export function addLivez(app: Hono<AppEnv>): void {
  app.get('/livez', (c) => c.json({ status: 'live' }));
}
