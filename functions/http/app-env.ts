import type { Context } from 'hono';
import type { RequestIdVariables } from 'hono/request-id';

/** What Hono carries along with a request. */
export interface AppEnv {
  Variables: RequestIdVariables;
}

/** One request under way. */
export type AppContext = Context<AppEnv>;
