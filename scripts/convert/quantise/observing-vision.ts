import { floatVision } from '../graph/float-vision.ts';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import type { VisionArithmetic } from '../graph/vision-arithmetic.ts';

/** Vision in fp32 that also reports the extremes of every activation that int8 would quantise. */
export interface ObservingVision extends VisionArithmetic {
  /**
   * Declares the output `extremes [2 * sites, 1, 1, 1]`: smallest and largest value of each site, in turn.
   *
   * @returns The sites, in that order.
   */
  report(): string[];
}

/** Writes fp32 vision with an observer behind each site of `activation-ranges.ts`. */
export function observingVision(builder: GraphBuilder): ObservingVision {
  const float = floatVision(builder);
  const sites: string[] = [];
  function observe(value: string): string {
    sites.push(value);
    for (const extreme of ['Min', 'Max'] as const) {
      builder.node(`${value}.${extreme}`, `Reduce${extreme}`, [value], { keepdims: 1 });
    }
    return value;
  }
  return {
    stem: (input, conv) => observe(float.stem(input, conv)),
    pool: float.pool,
    convolve: (input, conv) => observe(float.convolve(input, conv)),
    project: (input, conv) => observe(float.project(input, conv)),
    close(name, input, end) {
      const signed = observe(float.project(input, end.convolution));
      const sum = builder.node(`${name}.sum`, 'Add', [signed, end.shortcut]);
      return observe(builder.node(name, 'Relu', [sum]));
    },
    tokens: float.tokens,
    report() {
      const extremes = sites.flatMap((site) => [`${site}.Min`, `${site}.Max`]);
      builder.node('extremes', 'Concat', extremes, { axis: 0 });
      builder.output('extremes', 'float32', [2 * sites.length, 1, 1, 1]);
      return sites;
    },
  };
}
