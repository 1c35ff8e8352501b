import type { VisionKernels } from '../../functions/model/vision-kernels.ts';

/** Behind 1.5 * 2^23 float32 has no fraction: adding it rounds to the nearest whole number, ties to even. */
const ROUNDING = 12_582_912;

/** Where the weight of a channel and a place in its window stands: `[channels / 16][window / 8][4][2][4][4]`. */
function packedAt(channel: number, place: number, window: number): number {
  const block = Math.floor(channel / 16) * window * 16 + Math.floor(place / 8) * 128;
  const quad = Math.floor((channel % 16) / 4) * 32 + Math.floor((place % 8) / 4) * 16;
  return block + quad + (channel % 4) * 4 + (place % 4);
}

/**
 * What the kernels must do, written plainly, one number at a time.
 *
 * @param memory What addresses are offsets into.
 */
export function plainKernels(memory: { readonly buffer: ArrayBufferLike }): VisionKernels {
  const float = (address: number) => new Float32Array(memory.buffer, address, 1)[0] ?? Number.NaN;
  return {
    convolve(
      input,
      inputRow,
      pixelStep,
      rowStep,
      taps,
      run,
      weights,
      scales,
      biases,
      shortcut,
      shortcutScale,
      output,
      outputRow,
      height,
      width,
      channels,
      limit,
    ) {
      const bytes = new Uint8Array(memory.buffer);
      const signed = new Int8Array(memory.buffer);
      const factor = Math.fround(shortcutScale);
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          for (let c = 0; c < channels; c++) {
            let sum = 0;
            for (let tap = 0; tap < taps; tap++) {
              const row = input + y * rowStep + x * pixelStep + tap * inputRow;
              for (let k = 0; k < run; k++) {
                const weight = signed[weights + packedAt(c, tap * run + k, taps * run)] ?? 0;
                sum += weight * (bytes[row + k] ?? 0);
              }
            }
            const scaled = Math.fround(Math.fround(sum) * float(scales + 4 * c));
            let value = Math.fround(scaled + float(biases + 4 * c));
            if (limit === 0) {
              new Float32Array(memory.buffer)[(output + y * outputRow) / 4 + x * channels + c] =
                value;
              continue;
            }
            const at = y * outputRow + x * channels + c;
            if (shortcut !== 0) {
              value = Math.fround(value + Math.fround((bytes[shortcut + at] ?? 0) * factor));
            }
            const clamped = Math.min(limit, Math.max(0, value));
            bytes[output + at] = Math.fround(clamped + ROUNDING) - ROUNDING;
          }
        }
      }
    },
    maxPool(input, inputRow, output, outputRow, height, width, channels) {
      const bytes = new Uint8Array(memory.buffer);
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          for (let c = 0; c < channels; c++) {
            let most = 0;
            for (let window = 0; window < 9; window++) {
              const row = 2 * y + Math.floor(window / 3);
              const column = 2 * x + (window % 3);
              most = Math.max(most, bytes[input + row * inputRow + column * channels + c] ?? 0);
            }
            bytes[output + y * outputRow + x * channels + c] = most;
          }
        }
      }
    },
    clearBorder(plane, height, width, channels) {
      const bytes = new Uint8Array(memory.buffer);
      for (let y = 0; y < height + 2; y++) {
        for (let x = 0; x < width + 2; x++) {
          if (y > 0 && y <= height && x > 0 && x <= width) continue;
          const at = plane + (y * (width + 2) + x) * channels;
          bytes.fill(0, at, at + channels);
        }
      }
    },
  };
}
