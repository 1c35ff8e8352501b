import { allocateBytes } from './ort-allocate.ts';
import { ortFailure } from './ort-failure.ts';
import type { OrtModule } from './ort-module.ts';
import { adoptTensor, type OrtTensor } from './ort-tensor.ts';

const NO_OPTIMISATION = 0;
const SEQUENTIAL = 0;
const LOG_ERRORS_ONLY = 3;
const POINTER_BYTES = 4;

/** A file of weights, under the name that the graph gives it. */
export interface ExternalData {
  readonly location: string;
  readonly bytes: Uint8Array;
}

/** A loaded graph. */
export interface OrtSession {
  /**
   * Runs the graph.
   *
   * @param inputs Tensors by name; they stay the caller's.
   * @param output Name of the one output wanted.
   * @returns The output, the caller's to release.
   * @throws {EntailError} `runtime_dead`.
   */
  run(inputs: Readonly<Record<string, OrtTensor>>, output: string): Promise<OrtTensor>;
  /** The same for several outputs of one run, in the order they were asked for. */
  runAll(
    inputs: Readonly<Record<string, OrtTensor>>,
    outputs: readonly string[],
  ): Promise<OrtTensor[]>;
  release(): void;
}

/**
 * Loads a graph that is already in final form: nothing is optimised, so loading is short.
 *
 * Arena and memory pattern are off: they trade memory, which is scarce here, for time that was not measurable.
 *
 * @param module The runtime.
 * @param graph ONNX bytes without the weights.
 * @param weights Copied into place, not kept.
 * @throws {EntailError} `runtime_dead`.
 */
export async function createOrtSession(
  module: OrtModule,
  graph: Uint8Array,
  ...weights: readonly ExternalData[]
): Promise<OrtSession> {
  const model = allocateBytes(module, graph.byteLength);
  module.HEAPU8.set(graph, model);
  const options = module._OrtCreateSessionOptions(
    NO_OPTIMISATION,
    false,
    false,
    SEQUENTIAL,
    false,
    0,
    0,
    LOG_ERRORS_ONLY,
    0,
    0,
  );
  let session: number;
  try {
    if (options === 0) throw ortFailure(module, 'cannot take session options');
    for (const { location, bytes } of weights) module.mountExternalData(location, bytes);
    session = await module._OrtCreateSession(model, graph.byteLength, options);
  } finally {
    module.unmountExternalData();
    module._free(model);
    module._OrtReleaseSessionOptions(options);
  }
  if (session === 0) throw ortFailure(module, 'cannot load a graph');
  const names = new Map<string, number>();

  // Nothing is awaited between stackSave and stackRestore: runs may overlap, the stack is one.
  function runNow(
    inputs: Readonly<Record<string, OrtTensor>>,
    outputs: readonly string[],
  ): OrtTensor[] {
    const entries = Object.entries(inputs);
    const stack = module.stackSave();
    try {
      const [taken, wanted] = [entries.length, outputs.length];
      const block = module.stackAlloc(POINTER_BYTES * 2 * (taken + wanted));
      const inputNames = block;
      const inputHandles = inputNames + POINTER_BYTES * taken;
      const outputNames = inputHandles + POINTER_BYTES * taken;
      const outputHandles = outputNames + POINTER_BYTES * wanted;
      entries.forEach(([name, tensor], index) => {
        const at = POINTER_BYTES * index;
        module.setValue(inputNames + at, namePointer(module, names, name), '*');
        module.setValue(inputHandles + at, tensor.handle, '*');
      });
      outputs.forEach((name, index) => {
        const at = POINTER_BYTES * index;
        module.setValue(outputNames + at, namePointer(module, names, name), '*');
        module.setValue(outputHandles + at, 0, '*');
      });
      const failed = module._OrtRun(
        session,
        inputNames,
        inputHandles,
        taken,
        outputNames,
        wanted,
        outputHandles,
        0,
      );
      if (failed !== 0) throw ortFailure(module, 'cannot run a graph');
      return outputs.map((_, index) =>
        adoptTensor(module, module.getValue(outputHandles + POINTER_BYTES * index, '*')),
      );
    } finally {
      module.stackRestore(stack);
    }
  }

  return {
    async run(inputs, output) {
      const [tensor] = runNow(inputs, [output]);
      if (tensor === undefined) throw ortFailure(module, 'cannot run a graph');
      return tensor;
    },
    runAll: async (inputs, outputs) => runNow(inputs, outputs),
    release() {
      module._OrtReleaseSession(session);
      for (const pointer of names.values()) module._free(pointer);
    },
  };
}

function namePointer(module: OrtModule, names: Map<string, number>, name: string): number {
  const known = names.get(name);
  if (known !== undefined) return known;
  const bytes = module.lengthBytesUTF8(name) + 1;
  const pointer = allocateBytes(module, bytes);
  module.stringToUTF8(name, pointer, bytes);
  names.set(name, pointer);
  return pointer;
}
