import type { Context as HonoContext } from 'hono';
import { assemble } from './assemble.ts';
import type { Env } from './env.ts';

/** Made by the first request, since only a request brings the bindings. */
let app: ReturnType<typeof assemble> | null = null;

/** The Worker: everything behind `fetch` is put together by the first request. */
export default {
  fetch(
    request: Request,
    env: Env,
    context: HonoContext['executionCtx'],
  ): Response | Promise<Response> {
    app ??= assemble(env);
    return app.fetch(request, env, context);
  },
};
