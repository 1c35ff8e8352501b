import { EntailError } from '../lib/entail-error.ts';
import type { Normalisation } from './normalise-pixels.ts';
import type { HeapBlock, OrtRuntime } from './ort-runtime.ts';
import { pixelCodes } from './pixel-codes.ts';
import type { VisionKernels } from './vision-kernels.ts';
import type { ConvolutionStep, Plane, PoolStep, VisionPlan } from './vision-plan.ts';
import type { VisionStage } from './vision-stage.ts';

/** What the kernels run on. */
export interface KernelVisionParts {
  readonly runtime: OrtRuntime;
  readonly kernels: VisionKernels;
  readonly plan: VisionPlan;
  /** The file `vision.kernels`, in the runtime's heap; released with the stage. */
  readonly weights: HeapBlock;
  readonly image: Normalisation & { readonly side: number };
}

/** Vision by our own int8 kernels: the steps of a plan, one call each, so that V8 can optimise between them. */
export function createKernelVision(parts: KernelVisionParts): VisionStage {
  const { runtime, kernels, plan, weights, image } = parts;
  const writePixels = pixelWriter(plan.pixels, image);
  return {
    backend: 'kernels',
    async encode(pixels) {
      const arena = runtime.takeBlock(plan.arenaBytes);
      try {
        const { offset } = plan.pixels;
        writePixels(pixels, arena.view().subarray(offset, offset + planeBytes(plan.pixels)));
        let tokens = null;
        for (const step of plan.steps) {
          if (step.kind === 'pool') pool(kernels, step, arena.address);
          else if (step.output !== null) {
            const output = { plane: step.output, address: arena.address + step.output.offset };
            convolve(kernels, step, { arena: arena.address, weights, output });
          } else {
            const { height, width } = step.input;
            tokens = runtime.allocate([height * width, step.outChannels]);
            const plane = { height, width, channels: step.outChannels * 4, border: 0 };
            const output = { plane, address: tokens.address };
            convolve(kernels, step, { arena: arena.address, weights, output });
          }
        }
        if (tokens === null) throw new EntailError('internal', 'the vision plan makes no tokens');
        return tokens;
      } finally {
        arena.release();
      }
    },
    release: () => weights.release(),
  };
}

/** Where the operands of a convolution lie in the heap. */
interface Operands {
  readonly arena: number;
  readonly weights: HeapBlock;
  /** `channels` in bytes. */
  readonly output: { readonly plane: Omit<Plane, 'offset'>; readonly address: number };
}

function convolve(
  kernels: VisionKernels,
  step: ConvolutionStep,
  { arena, weights, output }: Operands,
): void {
  const { input, kernel, stride } = step;
  const { plane } = output;
  const inputRow = rowBytes(input);
  // The window reaches over the picture's edge by half its size, which a plane's border must cover.
  const margin = input.border - Math.floor(kernel / 2);
  if (plane.border > 0) {
    kernels.clearBorder(output.address, plane.height, plane.width, plane.channels);
  }
  const inside = plane.border * (rowBytes(plane) + plane.channels);
  kernels.convolve(
    arena + input.offset + margin * (inputRow + input.channels),
    inputRow,
    stride * input.channels,
    stride * inputRow,
    kernel,
    step.run,
    weights.address + step.weights,
    weights.address + step.scales,
    weights.address + step.biases,
    step.closes ? output.address : 0,
    step.closes ? weights.float(step.shortcutScale) : 0,
    output.address + inside,
    rowBytes(plane),
    plane.height,
    plane.width,
    step.outChannels,
    step.limit,
  );
}

function pool(kernels: VisionKernels, { input, output }: PoolStep, arena: number): void {
  const { height, width, channels } = output;
  kernels.maxPool(
    arena + input.offset,
    rowBytes(input),
    arena + output.offset,
    rowBytes(output),
    height,
    width,
    channels,
  );
}

function rowBytes({ width, border, channels }: Omit<Plane, 'offset'>): number {
  return (width + 2 * border) * channels;
}

function planeBytes(plane: Plane): number {
  return (plane.height + 2 * plane.border) * rowBytes(plane);
}

/** Makes a function that writes a picture into its plane, the stem's padding included. */
function pixelWriter(
  plane: Plane,
  image: KernelVisionParts['image'],
): (pixels: Uint8Array, out: Uint8Array) => void {
  const { side } = image;
  const [red, green, blue] = pixelCodes(image);
  // A pixel is one little-endian word: red, green, blue, and a zero.
  const rowWords = rowBytes(plane) / plane.channels;
  return (pixels, out) => {
    if (pixels.length !== side * side * 3) {
      throw new EntailError(
        'internal',
        `cannot encode ${pixels.length} pixel values: the model takes ${side * side * 3}`,
      );
    }
    const words = new Uint32Array(out.buffer, out.byteOffset, out.length / plane.channels);
    words.fill(red.zero | (green.zero << 8) | (blue.zero << 16));
    let from = 0;
    for (let y = 0; y < side; y++) {
      let at = (y + plane.border) * rowWords + plane.border;
      for (let x = 0; x < side; x++) {
        words[at] =
          (red.table[pixels[from] ?? 0] ?? 0) |
          ((green.table[pixels[from + 1] ?? 0] ?? 0) << 8) |
          ((blue.table[pixels[from + 2] ?? 0] ?? 0) << 16);
        at += 1;
        from += 3;
      }
    }
  };
}
