import { EntailError } from '../lib/entail-error.ts';
import type { Normalisation } from './normalise-pixels.ts';
import type { HeapBlock, OrtRuntime } from './ort-runtime.ts';
import type { OrtTensor } from './ort-tensor.ts';
import { pixelCodes } from './pixel-codes.ts';
import { selfTestPixels } from './self-test-pixels.ts';
import type { VisionKernels } from './vision-kernels.ts';
import {
  type ConvolutionStep,
  type Plane,
  type PoolStep,
  planVision,
  type VisionDimensions,
  type VisionPlan,
} from './vision-plan.ts';
import type { VisionStage } from './vision-stage.ts';

/** What the kernels run on. */
export interface KernelVisionParts {
  readonly runtime: OrtRuntime;
  readonly kernels: VisionKernels;
  readonly dimensions: VisionDimensions;
  /** The file `vision.kernels`, in the runtime's heap; released with the stage. */
  readonly weights: HeapBlock;
  readonly image: Normalisation;
  /** Pictures whose tokens have a place of their own; more find one where there is room. */
  readonly places: number;
}

/** Pixels a side of the self-test picture: its cells are repeated over the grid. */
const MAX_TEST_SIDE = 96;

/** Vision by our own int8 kernels: the steps of a plan, one call each, so that V8 can optimise between them. */
export function createKernelVision(parts: KernelVisionParts): VisionStage {
  const { runtime, kernels, weights, image, dimensions, places } = parts;
  const plan = planVision(dimensions);
  const codes = pixelCodes(image);
  // Taken once and for all: tokens between the planes of one picture and the next would leave holes in the heap.
  const free = Array.from({ length: places }, () => runtime.allocate(plan.tokens));
  let released = false;

  function giveBack(tokens: OrtTensor): void {
    if (released) tokens.release();
    else free.push(tokens);
  }

  function run(own: VisionPlan, pixels: Uint8Array, tokens: OrtTensor): void {
    const planes = runtime.takeBlock(own.arenaBytes);
    try {
      const { offset } = own.pixels;
      const plane = planes.view().subarray(offset, offset + planeBytes(own.pixels));
      writePixels(pixels, { plane: own.pixels, codes, out: plane });
      for (const step of own.steps) {
        if (step.kind === 'pool') pool(kernels, step, planes.address);
        else convolve(kernels, step, { arena: planes.address, weights, tokens });
      }
    } finally {
      planes.release();
    }
  }

  function place(): OrtTensor {
    const tokens = free.pop() ?? runtime.allocate(plan.tokens);
    return { ...tokens, release: () => giveBack(tokens) };
  }

  function encode(own: VisionPlan, pixels: Uint8Array): OrtTensor {
    const tokens = place();
    try {
      run(own, pixels, tokens);
      return tokens;
    } catch (error) {
      tokens.release();
      throw error;
    }
  }

  return {
    backend: 'kernels',
    async encode(pixels) {
      const { side } = dimensions;
      if (pixels.length !== side * side * 3) {
        throw new EntailError(
          'internal',
          `cannot encode ${pixels.length} pixel values: the model takes ${side * side * 3}`,
        );
      }
      return encode(plan, pixels);
    },
    async encodeTest() {
      const side = Math.min(dimensions.side, MAX_TEST_SIDE);
      const small = planVision({ ...dimensions, side });
      const tokens = encode(small, selfTestPixels(side));
      repeat(tokens.view(), small.tokens[0] * small.tokens[1]);
      return tokens;
    },
    place,
    release() {
      released = true;
      weights.release();
      for (const tokens of free.splice(0)) tokens.release();
    },
  };
}

/** Fills up values with copies of the first ones. */
function repeat(values: Float32Array, count: number): void {
  for (let at = count; at < values.length; at += count) {
    values.set(values.subarray(0, Math.min(count, values.length - at)), at);
  }
}

/** Where the operands of a convolution lie in the heap. */
interface Operands {
  readonly arena: number;
  readonly weights: HeapBlock;
  readonly tokens: OrtTensor;
}

function convolve(
  kernels: VisionKernels,
  step: ConvolutionStep,
  { arena, weights, tokens }: Operands,
): void {
  const { input, kernel, stride } = step;
  const plane = step.output ?? floatPlane(step);
  const address = step.output === null ? tokens.address : arena + step.output.offset;
  const inputRow = rowBytes(input);
  // The window reaches over the picture's edge by half its size, which a plane's border must cover.
  const margin = input.border - Math.floor(kernel / 2);
  if (plane.border > 0) {
    kernels.clearBorder(address, plane.height, plane.width, plane.channels);
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
    step.closes ? address : 0,
    step.closes ? weights.float(step.shortcutScale) : 0,
    address + inside,
    rowBytes(plane),
    plane.height,
    plane.width,
    step.outChannels,
    step.limit,
  );
}

/** Where the last step writes: its floats are no plane of the arena, and have no border. */
function floatPlane({ input, outChannels }: ConvolutionStep): Omit<Plane, 'offset'> {
  const { height, width } = input;
  return { height, width, channels: outChannels * Float32Array.BYTES_PER_ELEMENT, border: 0 };
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

/** Writes a picture into its plane, the stem's padding included. */
function writePixels(
  pixels: Uint8Array,
  {
    plane,
    codes: [red, green, blue],
    out,
  }: {
    readonly plane: Plane;
    readonly codes: ReturnType<typeof pixelCodes>;
    readonly out: Uint8Array;
  },
): void {
  const side = Math.sqrt(pixels.length / 3);
  // A pixel is one little-endian word: red, green, blue, and a zero.
  const rowWords = rowBytes(plane) / plane.channels;
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
}
