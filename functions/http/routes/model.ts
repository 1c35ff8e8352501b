import type { Hono } from 'hono';
import { describeModel } from '../../pipeline/describe-model.ts';
import type { Service } from '../../pipeline/service.ts';
import type { AppEnv } from '../app-env.ts';
import { keepAliveOf } from '../keep-alive.ts';

/** `GET /v1/model`: what answers; loads the model, so that it never describes one that cannot. */
export function addModel(app: Hono<AppEnv>, service: Service): void {
  app.get('/v1/model', async (c) => {
    const model = await service.model(keepAliveOf(c));
    c.get('record').notes.revision = model.revision;
    return c.json(describeModel(model));
  });
}
