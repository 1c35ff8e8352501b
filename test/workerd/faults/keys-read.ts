import { parseManifest } from '../../../functions/model/manifest.ts';
import type { ModelBlobs } from '../model-blobs.ts';

/** The keys that a load in workerd reads, each once, in order; its relaxed SIMD does without the graph of vision. */
export function keysRead(blobs: ModelBlobs): string[] {
  const { files } = parseManifest(blobs.get('manifest.json') ?? new Uint8Array());
  const { 'vision.onnx': _graph, 'vision.weights': _weights, ...read } = files;
  const shards = Object.values(read).flatMap((file) => file.shards);
  return ['manifest.json', ...shards.map(({ sha256 }) => `${sha256}.bin`)].toSorted();
}
