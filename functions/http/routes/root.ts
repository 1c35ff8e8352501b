import type { Hono } from 'hono';
import type { AppEnv } from '../app-env.ts';

const POINTER = `edge-entail: does a picture entail, contradict or leave open a sentence?

  curl -F image=@photo.jpg -F hypothesis='a dog is running' ORIGIN/v1/entail

GET /v1/model says which model answers; the README has the rest.
`;

/** `GET /`: where to go from here. */
export function addRoot(app: Hono<AppEnv>): void {
  app.get('/', (c) => c.text(POINTER.replace('ORIGIN', new URL(c.req.url).origin)));
}
