import type { Manifest, Shard } from '../../functions/model/manifest.ts';

/** Lists the shards that `createEngine()` reads: where our own kernels run, vision's graph is not among them. */
export function shardsToRead({ files }: Pick<Manifest, 'files'>, kernelsRun: boolean): Shard[] {
  const { 'vision.onnx': graph, 'vision.weights': weights, ...others } = files;
  const byKernels = kernelsRun && others['vision.kernels'] !== undefined;
  const read = [...Object.values(others), ...(byKernels ? [] : [graph, weights])];
  return read.flatMap(({ shards }) => shards);
}
