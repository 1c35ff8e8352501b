import { EntailError } from '../lib/entail-error.ts';

/** The exports of `wasm/kernels/vision.wasm`; their source, `vision.ts` beside it, says what the numbers mean. */
export interface VisionKernels {
  convolve(
    input: number,
    inputRow: number,
    pixelStep: number,
    rowStep: number,
    taps: number,
    run: number,
    weights: number,
    scales: number,
    biases: number,
    shortcut: number,
    shortcutScale: number,
    output: number,
    outputRow: number,
    height: number,
    width: number,
    channels: number,
    limit: number,
  ): void;
  maxPool(
    input: number,
    inputRow: number,
    output: number,
    outputRow: number,
    height: number,
    width: number,
    channels: number,
  ): void;
  clearBorder(plane: number, height: number, width: number, channels: number): void;
}

const NAMES = ['convolve', 'maxPool', 'clearBorder'] as const satisfies (keyof VisionKernels)[];

/**
 * Instantiates the kernels on the runtime's own memory, so that planes are free again before the judge runs and image
 * tokens never move.
 *
 * @param compiled `wasm/kernels/vision.wasm`, compiled.
 * @throws {EntailError} `runtime_dead`.
 */
export async function instantiateKernels(
  compiled: WebAssembly.Module,
  memory: WebAssembly.Memory,
): Promise<VisionKernels> {
  const { exports } = await WebAssembly.instantiate(compiled, { env: { memory } }).catch(
    (cause: unknown) => {
      throw new EntailError('runtime_dead', 'the vision kernels could not be instantiated', {
        cause,
      });
    },
  );
  if (!hasKernels(exports)) {
    throw new EntailError('runtime_dead', `the vision kernels lack one of ${NAMES.join(', ')}`);
  }
  return exports;
}

function hasKernels(exports: object): exports is VisionKernels {
  return NAMES.every((name) => typeof Reflect.get(exports, name) === 'function');
}
