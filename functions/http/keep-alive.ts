import type { KeepAlive } from '../pipeline/service.ts';
import type { AppContext } from './app-env.ts';

/** The request's `ctx.waitUntil`. */
export function keepAliveOf(c: AppContext): KeepAlive {
  const { executionCtx } = c;
  return (work) => executionCtx.waitUntil(work);
}
