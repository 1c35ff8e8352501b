/**
 * The SHA-256 of some bytes.
 *
 * @param bytes Read in place; copied only out of shared memory, which not every platform hashes.
 * @returns 64 digits, lower-case hex.
 */
export async function sha256Hex(bytes: Uint8Array): Promise<string> {
  const own = isUnshared(bytes) ? bytes : bytes.slice();
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', own));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function isUnshared(bytes: Uint8Array): bytes is Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer;
}
