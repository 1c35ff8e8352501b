import type { MiddlewareHandler } from 'hono';
import { EntailError } from '../../lib/entail-error.ts';
import type { AppContext, AppEnv } from '../app-env.ts';
import type { Access } from './access.ts';
import { type ApiKey, findApiKey } from './api-keys.ts';
import { callerAddress } from './caller-address.ts';
import { countRequest } from './rate-limit.ts';

/**
 * Lets a request pass or throws `unauthorized` or `rate_limited`, its body unread. A request with a key counts against
 * that key; one without, or with a wrong one, against its address, so that guessing is limited too.
 */
export function guard({ apiKeys, limiter }: Access): MiddlewareHandler<AppEnv> {
  return async function guard(c, next) {
    const key = apiKeys === null ? null : await keyOf(c, apiKeys);
    if (limiter !== null) {
      const counted =
        key === null ? `address:${callerAddress(c.req.raw.headers)}` : `key:${key.name}`;
      await countRequest(c, limiter, counted);
    }
    if (apiKeys !== null && key === null) {
      throw new EntailError(
        'unauthorized',
        'cannot take the request: send a valid API key as `Authorization: Bearer KEY`',
      );
    }
    await next();
  };
}

async function keyOf(c: AppContext, keys: readonly ApiKey[]): Promise<ApiKey | null> {
  const [, sent] = /^Bearer +(\S+)$/i.exec(c.req.header('Authorization') ?? '') ?? [];
  const key = sent === undefined ? null : await findApiKey(keys, sent);
  if (key !== null) c.get('record').notes.key = key.name;
  return key;
}
