const SIGNATURE_BYTES = 2;

/**
 * The same JPEG in another file: with a comment of its own, so that nothing is remembered of it, and the same answer.
 *
 * @param n Tells it from all others.
 */
export function unlike(jpeg: Uint8Array, n: number): Uint8Array {
  const comment = Buffer.alloc(8);
  comment.writeUInt16BE(0xfffe);
  comment.writeUInt16BE(6, 2);
  comment.writeUInt32BE(n, 4);
  return Buffer.concat([
    jpeg.subarray(0, SIGNATURE_BYTES),
    comment,
    jpeg.subarray(SIGNATURE_BYTES),
  ]);
}
