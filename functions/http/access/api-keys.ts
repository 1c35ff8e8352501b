import { EntailError } from '../../lib/entail-error.ts';
import { sha256Hex } from '../../lib/sha256-hex.ts';

/** A key that callers may use; the key itself is not known here. */
export interface ApiKey {
  /** For logs and rate limits. */
  readonly name: string;
  /** SHA-256 of the key, lower-case hex. */
  readonly hash: string;
}

const ENTRY = /^(?:([\w.-]{1,40}):)?([0-9a-f]{64})$/i;
/** Enough to tell keys without a name apart; of the hash, so it says nothing of the key. */
const NAME_DIGITS = 8;

/**
 * Reads the secret `API_KEYS`: hashes, each perhaps behind a name and a colon, with commas or white space between.
 *
 * @returns At least one.
 * @throws {EntailError} `internal`: none, or an entry that is no hash; the message quotes nothing of it.
 */
export function readApiKeys(secret: string): readonly ApiKey[] {
  const entries = secret.split(/[\s,]+/).filter((entry) => entry !== '');
  if (entries.length === 0) throw malformed('it is empty');
  return entries.map((entry, index) => {
    const [, name, digits] = ENTRY.exec(entry) ?? [];
    if (digits === undefined) {
      throw malformed(`entry ${index + 1} of ${entries.length} is neither a hash nor NAME:HASH`);
    }
    const hash = digits.toLowerCase();
    return { name: name ?? hash.slice(0, NAME_DIGITS), hash };
  });
}

/**
 * Finds the key that a caller sent, in a time that does not depend on which one it is, or how nearly.
 *
 * @param sent What stands behind `Bearer`.
 */
export async function findApiKey(keys: readonly ApiKey[], sent: string): Promise<ApiKey | null> {
  const hash = await sha256Hex(new TextEncoder().encode(sent));
  return keys.reduce<ApiKey | null>((found, key) => (isEqual(key.hash, hash) ? key : found), null);
}

/** Looks at all 64 digits: workerd's `timingSafeEqual()` does not exist elsewhere. */
function isEqual(hash: string, other: string): boolean {
  let difference = 0;
  for (let i = 0; i < hash.length; i++) difference |= hash.charCodeAt(i) ^ other.charCodeAt(i);
  return difference === 0;
}

function malformed(why: string): EntailError {
  return new EntailError(
    'internal',
    `cannot tell who may call: the secret API_KEYS is malformed, ${why}; \`npm run api-key\` makes entries`,
  );
}
