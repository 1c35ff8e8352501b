import type { ModelFileName } from '../../functions/model/manifest.ts';
import { type ModelAuthor, presentFile, type ReadableModel } from './author-model.ts';
import type { EncodedGraph } from './graph/graph-builder.ts';

/**
 * A model that is written as it is read, and kept nowhere: a graph's weights follow the graph, as they are read.
 *
 * @param author Of a model that nobody stores, such as the fp32 one that int8 is compared with.
 */
export function lazyModel(author: ModelAuthor): ReadableModel {
  const { dtype, image, shape, text } = author;
  /** Weights of the stage whose graph was read last. */
  let pending: { readonly name: ModelFileName; readonly bytes: Uint8Array<ArrayBuffer> } | null =
    null;
  function graphOf(name: ModelFileName, { graph, weights }: EncodedGraph) {
    pending = { name, bytes: weights };
    return graph;
  }
  function weightsOf(name: ModelFileName, write: () => EncodedGraph) {
    const bytes = pending?.name === name ? pending.bytes : write().weights;
    pending = null;
    return bytes;
  }
  const files: Readonly<Record<ModelFileName, () => Uint8Array<ArrayBuffer> | undefined>> = {
    'vision.onnx': () => graphOf('vision.weights', author.vision()),
    'vision.weights': () => weightsOf('vision.weights', author.vision),
    'judge.onnx': () => graphOf('judge.weights', author.judge()),
    'judge.weights': () => weightsOf('judge.weights', author.judge),
    embeddings: author.embeddings,
    tokenizer: () => author.tokenizer,
    'vision.kernels': () => author.kernels?.(),
  };
  return { dtype, image, shape, text, read: async (name) => presentFile(name, files[name]()) };
}
