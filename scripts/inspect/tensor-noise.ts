import type { Noise } from './probe.ts';

/** Sums of squares of what tensors should be, and of how far they are off. */
export function tensorNoise(exact: readonly Float32Array[], found: readonly Float32Array[]): Noise {
  let [signal, noise] = [0, 0];
  exact.forEach((tensor, index) => {
    tensor.forEach((value, at) => {
      signal += value ** 2;
      noise += ((found[index]?.[at] ?? 0) - value) ** 2;
    });
  });
  return { signal, noise };
}
