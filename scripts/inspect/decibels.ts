import type { Noise } from './probe.ts';

/** Signal to noise: 20 dB are a relative error of a tenth, 40 dB of a hundredth. */
export function decibels({ signal, noise }: Noise): number {
  return 10 * Math.log10(signal / noise);
}
