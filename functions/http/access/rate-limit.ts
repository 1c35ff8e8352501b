import { EntailError } from '../../lib/entail-error.ts';
import type { AppContext } from '../app-env.ts';
import { faultOf } from '../log/fault-of.ts';

/** Cloudflare's rate-limit binding, as far as it is used. */
export interface RateLimiter {
  /** Counts one request against a key, approximately, in one location. */
  limit(options: { readonly key: string }): Promise<{ readonly success: boolean }>;
}

/**
 * Counts a request; when the limiter fails the request goes on, since a broken brake must not take the service down.
 *
 * @param key Whom the request is counted against.
 * @throws {EntailError} `rate_limited`
 */
export async function countRequest(
  c: AppContext,
  limiter: RateLimiter,
  key: string,
): Promise<void> {
  const success = await hasRoom(c, limiter, key);
  if (!success) throw new EntailError('rate_limited', 'cannot take the request: too many lately');
}

async function hasRoom(c: AppContext, limiter: RateLimiter, key: string): Promise<boolean> {
  try {
    const { success } = await limiter.limit({ key });
    return success;
  } catch (error) {
    Object.assign(c.get('record').notes, { rate_limiter: 'failed', ...faultOf(error) });
    return true;
  }
}
