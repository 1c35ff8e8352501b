import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { AppEnv } from './app-env.ts';

/** Headers of every answer: nothing here is a page, or belongs into one. */
export const answerHeaders: MiddlewareHandler<AppEnv> = secureHeaders({
  contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  xFrameOptions: 'DENY',
  // The zone's to decide: it would bind all its subdomains for half a year.
  strictTransportSecurity: false,
});
