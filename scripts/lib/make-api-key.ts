import { randomBytes } from 'node:crypto';
import { sha256Hex } from '../../functions/lib/sha256-hex.ts';

/** 256 bits: nobody guesses it, so its plain hash needs no salt and no slowness. */
const KEY_BYTES = 32;

/** A new key and what the Worker is told of it. */
export interface NewApiKey {
  /** What the caller sends behind `Bearer`. */
  readonly key: string;
  /** `NAME:HASH`, for the secret `API_KEYS`. */
  readonly entry: string;
}

/**
 * Makes a key.
 *
 * @param name Stands for it in logs and rate limits.
 * @throws {Error} The name cannot stand in the secret.
 */
export async function makeApiKey(name: string): Promise<NewApiKey> {
  if (!/^[\w.-]{1,40}$/.test(name)) {
    throw new Error(`cannot name a key ${JSON.stringify(name)}: 1-40 letters, digits, _ . -`);
  }
  const key = `ee_${randomBytes(KEY_BYTES).toString('base64url')}`;
  return { key, entry: `${name}:${await sha256Hex(new TextEncoder().encode(key))}` };
}
