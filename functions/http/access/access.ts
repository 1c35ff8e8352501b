import { EntailError } from '../../lib/entail-error.ts';
import { type AllowedOrigins, readAllowedOrigins } from './allowed-origins.ts';
import { type ApiKey, readApiKeys } from './api-keys.ts';
import type { RateLimiter } from './rate-limit.ts';

/** Settings and bindings as the platform gives them; each may be absent. */
export interface AccessSettings {
  readonly API_KEYS?: string;
  readonly ALLOWED_ORIGINS?: string;
  readonly RATE_LIMITER?: RateLimiter;
}

/** Who may call. */
export interface Access {
  /** null: everybody. */
  readonly apiKeys: readonly ApiKey[] | null;
  /** null: no page of another origin. */
  readonly origins: AllowedOrigins | null;
  /** null: as often as they like. */
  readonly limiter: RateLimiter | null;
}

/**
 * Reads who may call. What is malformed must never mean that everybody may.
 *
 * @throws {EntailError} `internal`: a setting is malformed.
 */
export function readAccess(settings: AccessSettings): Access {
  const apiKeys = textOf(settings, 'API_KEYS');
  const origins = textOf(settings, 'ALLOWED_ORIGINS');
  return {
    apiKeys: apiKeys === null ? null : readApiKeys(apiKeys),
    origins: origins === null ? null : readAllowedOrigins(origins),
    limiter: settings.RATE_LIMITER ?? null,
  };
}

/** wrangler.toml can make a list or a number of a variable as well. */
function textOf(settings: AccessSettings, name: 'API_KEYS' | 'ALLOWED_ORIGINS'): string | null {
  const value: unknown = settings[name];
  if (value === undefined || typeof value === 'string') return value ?? null;
  throw new EntailError('internal', `cannot tell who may call: ${name} is not a text`);
}
