import { floatVision } from '../graph/float-vision.ts';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import type { VisionArithmetic } from '../graph/vision-arithmetic.ts';

/** Vision in fp32 that also hands out every activation that int8 would quantise. */
export interface ObservingVision extends VisionArithmetic {
  /** The sites of `activation-ranges.ts`, each an output of the graph, in the order of the graph. */
  readonly sites: readonly string[];
}

/** Writes fp32 vision with each site of `activation-ranges.ts` as an output. */
export function observingVision(builder: GraphBuilder): ObservingVision {
  const float = floatVision(builder);
  const sites: string[] = [];
  function observe(value: string): string {
    sites.push(value);
    builder.output(value, 'float32', [
      'one',
      `${value} channels`,
      `${value} rows`,
      `${value} columns`,
    ]);
    return value;
  }
  return {
    sites,
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
  };
}
