import { POINTER_KEY, shardKey } from '../../../functions/model/bucket-keys.ts';
import { parseManifest } from '../../../functions/model/manifest.ts';
import { currentManifest, type ModelBlobs } from '../model-blobs.ts';

/** The keys that a load in workerd reads, each once, in order; its relaxed SIMD does without the graph of vision. */
export function keysRead(blobs: ModelBlobs): string[] {
  const { key, bytes } = currentManifest(blobs);
  const { files } = parseManifest(bytes);
  const { 'vision.onnx': _graph, 'vision.weights': _weights, ...read } = files;
  const shards = Object.values(read).flatMap((file) => file.shards);
  return [POINTER_KEY, key, ...shards.map(({ sha256 }) => shardKey(sha256))].toSorted();
}
