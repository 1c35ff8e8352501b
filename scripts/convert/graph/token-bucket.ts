/** Distance beyond which all tokens share the last bucket; OFA's `max_position`. */
const MAX_DISTANCE = 1024;

/**
 * The bucket of a relative token position: exact near, logarithmic far (OFA's `make_token_bucket_position`).
 *
 * @param distance Query position minus key position.
 * @param bucketSize `token_bucket_size`; the table has `2 * bucketSize - 1` rows.
 */
export function tokenBucket(distance: number, bucketSize: number): number {
  const middle = bucketSize / 2;
  const magnitude = Math.abs(distance);
  if (magnitude < middle) return distance + bucketSize - 1;
  const far =
    Math.ceil(
      (Math.log(magnitude / middle) / Math.log((MAX_DISTANCE - 1) / middle)) * (middle - 1),
    ) + middle;
  return Math.sign(distance) * far + bucketSize - 1;
}
