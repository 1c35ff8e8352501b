import type { Hono } from 'hono';
import type { Service } from '../../pipeline/service.ts';
import type { AppEnv } from '../app-env.ts';
import { keepAliveOf } from '../keep-alive.ts';
import { noteResult } from '../log/note-result.ts';
import { questionReader } from '../question-reader.ts';

/** `POST /v1/entail`: one image, one hypothesis, one verdict. */
export function addEntail(app: Hono<AppEnv>, service: Service): void {
  app.post('/v1/entail', async (c) => {
    const readQuestion = questionReader(c);
    const verdict = await service.answer(keepAliveOf(c), readQuestion);
    noteResult(c, verdict);
    return c.json(verdict);
  });
}
