import type { Hono } from 'hono';
import type * as z from 'zod/mini';
import type { Service } from '../../pipeline/service.ts';
import type { AppEnv } from '../app-env.ts';
import { keepAliveOf } from '../keep-alive.ts';
import type { readySchema } from '../schema/health-schemas.ts';

/** `GET /readyz`: 200 once the weights are checked and the self-test reproduces; loads the model. */
export function addReadyz(app: Hono<AppEnv>, service: Service): void {
  app.get('/readyz', async (c) => {
    const { revision } = await service.model(keepAliveOf(c));
    c.get('record').notes.revision = revision;
    const ready: z.output<typeof readySchema> = { status: 'ready', revision };
    return c.json(ready);
  });
}
