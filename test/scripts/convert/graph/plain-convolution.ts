import { at } from './plain-arithmetic.ts';

/** Numbers of a picture, channels first: `[channels, side, side]`. */
export interface Picture {
  readonly channels: number;
  readonly side: number;
  readonly values: ArrayLike<number>;
}

/** A convolution as it is written down: weight `[outputs, inputs, kernel, kernel]`. */
export interface PlainConvolution {
  readonly outChannels: number;
  readonly kernel: number;
  readonly stride: number;
  readonly weight: ArrayLike<number>;
  readonly bias: ArrayLike<number>;
}

/** A convolution in float64, padded with zeros by half its kernel. */
export function plainConvolution(picture: Picture, convolution: PlainConvolution): Picture {
  const { channels, side, values } = picture;
  const { outChannels, kernel, stride, weight, bias } = convolution;
  const pad = Math.floor(kernel / 2);
  const outSide = Math.floor((side + 2 * pad - kernel) / stride) + 1;
  const out = new Float64Array(outChannels * outSide * outSide);
  for (let o = 0; o < outChannels; o++) {
    for (let y = 0; y < outSide; y++) {
      for (let x = 0; x < outSide; x++) {
        let sum = at(bias, o);
        for (let i = 0; i < channels; i++) {
          for (let ky = 0; ky < kernel; ky++) {
            for (let kx = 0; kx < kernel; kx++) {
              const [row, column] = [y * stride + ky - pad, x * stride + kx - pad];
              if (row < 0 || column < 0 || row >= side || column >= side) continue;
              const seen = at(values, (i * side + row) * side + column);
              sum += seen * at(weight, ((o * channels + i) * kernel + ky) * kernel + kx);
            }
          }
        }
        out[(o * outSide + y) * outSide + x] = sum;
      }
    }
  }
  return { channels: outChannels, side: outSide, values: out };
}

/** The largest value under a 3x3 window, stride 2, padded by 1. */
export function plainPool({ channels, side, values }: Picture): Picture {
  const outSide = Math.floor((side - 1) / 2) + 1;
  const out = new Float64Array(channels * outSide * outSide).map((_, n) => {
    const [c, y, x] = [
      Math.floor(n / outSide ** 2),
      Math.floor(n / outSide) % outSide,
      n % outSide,
    ];
    let largest = Number.NEGATIVE_INFINITY;
    for (let row = Math.max(0, 2 * y - 1); row <= Math.min(side - 1, 2 * y + 1); row++) {
      for (let column = Math.max(0, 2 * x - 1); column <= Math.min(side - 1, 2 * x + 1); column++) {
        largest = Math.max(largest, at(values, (c * side + row) * side + column));
      }
    }
    return largest;
  });
  return { channels, side: outSide, values: out };
}

/** Every value through a function. */
export function mapPicture(
  picture: Picture,
  change: (value: number, i: number) => number,
): Picture {
  return { ...picture, values: Float64Array.from(picture.values, change) };
}
