import { createArena } from './arena.ts';

/** Bytes of a picture between two layers, channels last, perhaps with a border of zeros. */
export interface Plane {
  /** In the arena. */
  readonly offset: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Pixels around it, part of its memory. */
  readonly border: number;
}

/** One convolution, its operands placed in the arena and in the file `vision.kernels`. */
export interface ConvolutionStep {
  readonly kind: 'convolution';
  /** Canonical name, e.g. `layer1.0.conv2`; `image_proj` is the last one's. */
  readonly name: string;
  readonly kernel: number;
  readonly stride: number;
  readonly input: Plane;
  /** null: the image tokens, float32, outside the arena. */
  readonly output: Plane | null;
  readonly outChannels: number;
  /** Whether the output's own bytes are added before Relu: the end of a bottleneck. */
  readonly closes: boolean;
  /** Largest byte written: 127, or 255 where the next step only adds it up; 0: floats, the image tokens. */
  readonly limit: number;
  /** Bytes of a window's row: `kernel * input.channels`, rounded up to a multiple of 8. */
  readonly run: number;
  /** Where its numbers begin in the file: weights, then scales, then biases, then the shortcut's scale. */
  readonly weights: number;
  readonly scales: number;
  readonly biases: number;
  readonly shortcutScale: number;
}

/** The 3x3 maximum behind the stem. */
export interface PoolStep {
  readonly kind: 'pool';
  readonly input: Plane;
  readonly output: Plane;
}

/** Vision as a list of kernel calls. */
export interface VisionPlan {
  /** Where the picture goes: 3 channels and a fourth of zeros. */
  readonly pixels: Plane;
  readonly steps: readonly (ConvolutionStep | PoolStep)[];
  /** Shape of the image tokens, `[cells, width]`. */
  readonly tokens: readonly [number, number];
  /** Bytes of all planes together. */
  readonly arenaBytes: number;
  /** Bytes of the file `vision.kernels`. */
  readonly fileBytes: number;
}

/** What a plan depends on. */
export interface VisionDimensions {
  /** Pixels a side of the picture. */
  readonly side: number;
  /** Bottlenecks of each stage. */
  readonly blocks: readonly number[];
  /** Columns of the image tokens, a multiple of {@linkcode CHANNEL_BLOCK}. */
  readonly width: number;
}

/** Output channels that the kernel computes at a time. */
export const CHANNEL_BLOCK = 16;
/** Channels of the picture's plane: the kernel reads 4 bytes at a time. */
const PIXEL_BYTES = 4;
const STEM_CHANNELS = 64;
const EXPANSION = 4;
const RUN_BYTES = 8;
const RELU_LIMIT = 127;
const BYTE_LIMIT = 255;

/**
 * Plans the vision stage: OFA's ResNet up to its third stage (torchvision's bottlenecks, arXiv 1512.03385), then
 * `image_proj`. Converter and Worker both follow it, so nothing of it is stored.
 */
export function planVision({ side, blocks, width }: VisionDimensions): VisionPlan {
  const arena = createArena();
  const steps: (ConvolutionStep | PoolStep)[] = [];
  let fileBytes = 0;

  function plane(rows: number, channels: number, border = 0): Plane {
    const edge = rows + 2 * border;
    return {
      offset: arena.take(edge * edge * channels),
      height: rows,
      width: rows,
      channels,
      border,
    };
  }
  function place(bytes: number): number {
    const offset = fileBytes;
    fileBytes += Math.ceil(bytes / 16) * 16;
    return offset;
  }
  function convolve(
    name: string,
    input: Plane,
    output: Plane | null,
    options: { kernel?: number; stride?: number; closes?: boolean; limit?: number } = {},
  ): void {
    const { kernel = 1, stride = 1, closes = false, limit = RELU_LIMIT } = options;
    const outChannels = output?.channels ?? width;
    const run = Math.ceil((kernel * input.channels) / RUN_BYTES) * RUN_BYTES;
    steps.push({
      kind: 'convolution',
      name,
      kernel,
      stride,
      input,
      output,
      outChannels,
      closes,
      limit: output === null ? 0 : limit,
      run,
      weights: place(outChannels * kernel * run),
      scales: place(outChannels * 4),
      biases: place(outChannels * 4),
      shortcutScale: place(4),
    });
  }

  // An even width lets the stem's padded window stay inside the plane.
  const pixels = plane(2 * Math.ceil(side / 2), PIXEL_BYTES, 3);
  let rows = pixels.height / 2;
  const stem = plane(rows, STEM_CHANNELS, 1);
  convolve('conv1', pixels, stem, { kernel: 7, stride: 2 });
  arena.free(pixels.offset);
  rows = Math.ceil(rows / 2);
  let trunk = plane(rows, STEM_CHANNELS);
  steps.push({ kind: 'pool', input: stem, output: trunk });
  arena.free(stem.offset);
  blocks.forEach((count, stage) => {
    const inner = STEM_CHANNELS * 2 ** stage;
    for (let index = 0; index < count; index++) {
      const name = `layer${stage + 1}.${index}`;
      const stride = stage > 0 && index === 0 ? 2 : 1;
      const first = plane(rows, inner, 1);
      convolve(`${name}.conv1`, trunk, first);
      rows = Math.ceil(rows / stride);
      const second = plane(rows, inner);
      convolve(`${name}.conv2`, first, second, { kernel: 3, stride });
      arena.free(first.offset);
      if (index === 0) {
        const shortcut = plane(rows, inner * EXPANSION);
        convolve(`${name}.downsample.0`, trunk, shortcut, { stride, limit: BYTE_LIMIT });
        arena.free(trunk.offset);
        trunk = shortcut;
      }
      convolve(`${name}.conv3`, second, trunk, { closes: true });
      arena.free(second.offset);
    }
  });
  convolve('image_proj', trunk, null);
  return { pixels, steps, tokens: [rows * rows, width], arenaBytes: arena.size(), fileBytes };
}
