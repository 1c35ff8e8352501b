import type { OrtRuntime } from '../../../functions/model/ort-runtime.ts';
import type { OrtTensor } from '../../../functions/model/ort-tensor.ts';

/** A runtime that counts what was handed out and has not been given back: leaks too small for the heap to show. */
export function countingRuntime(
  runtime: OrtRuntime,
): OrtRuntime & { readonly held: { tensors: number; sessions: number; blocks: number } } {
  const held = { tensors: 0, sessions: 0, blocks: 0 };
  function counted(tensor: OrtTensor): OrtTensor {
    held.tensors += 1;
    return {
      ...tensor,
      release() {
        held.tensors -= 1;
        tensor.release();
      },
    };
  }
  return {
    held,
    async createSession(graph, ...weights) {
      const session = await runtime.createSession(graph, ...weights);
      held.sessions += 1;
      return {
        run: async (inputs, output) => counted(await session.run(inputs, output)),
        runAll: async (inputs, outputs) => (await session.runAll(inputs, outputs)).map(counted),
        release() {
          held.sessions -= 1;
          session.release();
        },
      };
    },
    allocate: (shape) => counted(runtime.allocate(shape)),
    takeBlock(bytes) {
      const block = runtime.takeBlock(bytes);
      held.blocks += 1;
      return {
        ...block,
        release() {
          held.blocks -= 1;
          block.release();
        },
      };
    },
    reserve: (bytes) => runtime.reserve(bytes),
    kernels: runtime.kernels,
    heapBytes: () => runtime.heapBytes(),
  };
}
