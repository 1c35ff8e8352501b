import type { Context } from 'hono';
import type { RequestIdVariables } from 'hono/request-id';
import type { RequestRecord } from './log/request-record.ts';

/** What Hono carries along with a request. */
export interface AppEnv {
  Variables: RequestIdVariables & { record: RequestRecord };
}

/** One request under way. */
export type AppContext = Context<AppEnv>;
