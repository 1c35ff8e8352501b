import type { Convolution } from './convolution.ts';

/** How the vision graph computes: the one thing in which fp32, int8 and calibration differ. */
export interface VisionArithmetic {
  /** Convolution and Relu. Values are handed on by name. */
  stem(input: string, convolution: Convolution): string;
  /** 3x3 maximum, stride 2, and whatever brings the stem's output into the form of the later layers. */
  pool(input: string): string;
  /** Convolution and Relu. */
  convolve(input: string, convolution: Convolution): string;
  /** Convolution without Relu: the shortcut of a stage's first block. */
  project(input: string, convolution: Convolution): string;
  /** Convolution, plus the shortcut, then Relu: the end of a bottleneck called `name`. */
  close(name: string, input: string, end: { convolution: Convolution; shortcut: string }): string;
  /** `[1, channels, rows, columns]` in this arithmetic's layout -> patch tokens `[patches, width]`, float32. */
  tokens(input: string, projection: TokenProjection): string;
}

/** OFA's `image_proj`. */
export interface TokenProjection {
  /** `[width, channels]`. */
  readonly weight: Float32Array;
  /** `[width]`. */
  readonly bias: Float32Array;
  readonly patches: number;
  readonly channels: number;
  readonly width: number;
}

/** Attributes of a square convolution or pooling window. */
export function windowAttributes(kernel: number, stride: number) {
  const pad = Math.floor(kernel / 2);
  return {
    kernel_shape: [kernel, kernel],
    strides: [stride, stride],
    pads: [pad, pad, pad, pad],
  };
}
