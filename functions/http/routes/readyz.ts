import type { Hono } from 'hono';
import type { Service } from '../../pipeline/service.ts';
import type { AppEnv } from '../app-env.ts';
import { keepAliveOf } from '../keep-alive.ts';

/** `GET /readyz`: 200 once the weights are checked and the self-test reproduces; loads the model. */
export function addReadyz(app: Hono<AppEnv>, service: Service): void {
  app.get('/readyz', async (c) => {
    const { revision } = await service.model(keepAliveOf(c));
    c.get('record').notes.revision = revision;
    return c.json({ status: 'ready', revision });
  });
}
