import type { MiddlewareHandler } from 'hono';
import { EntailError } from '../lib/entail-error.ts';
import type { AppEnv } from './app-env.ts';

/** Hono passes on what is no Error to the platform, and compiled C++ throws bare numbers: here they become one. */
export const throwErrors: MiddlewareHandler<AppEnv> = async (_c, next) => {
  try {
    await next();
  } catch (error) {
    if (error instanceof Error) throw error;
    throw new EntailError('internal', 'cannot answer: an unexpected fault, which was logged', {
      cause: error,
    });
  }
};
