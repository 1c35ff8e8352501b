import { EntailError } from '../../lib/entail-error.ts';

/** Pages of which origins may call from a browser. */
export type AllowedOrigins = '*' | string[];

/**
 * Reads the variable `ALLOWED_ORIGINS`: `*`, or origins with commas between.
 *
 * @throws {EntailError} `internal`: none, or what is no origin as browsers send it.
 */
export function readAllowedOrigins(variable: string): AllowedOrigins {
  if (variable.trim() === '*') return '*';
  const origins = variable.split(',').map((entry) => entry.trim());
  const wrong = origins.find((entry) => !isOrigin(entry));
  if (wrong === undefined) return origins;
  throw new EntailError(
    'internal',
    `cannot tell who may call: the variable ALLOWED_ORIGINS is malformed, ${JSON.stringify(wrong.slice(0, 80))} is no origin such as https://app.example`,
  );
}

function isOrigin(entry: string): boolean {
  return /^https?:[^*]+$/.test(entry) && URL.canParse(entry) && new URL(entry).origin === entry;
}
