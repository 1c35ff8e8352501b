import type { GraphBuilder } from '../convert/graph/graph-builder.ts';

/** The graph's output that a probe makes. */
export const PROBE = 'probe';

/** Compares values inside a graph, so that they need not leave it. */
export interface Probe {
  /** Compares a value with what it should be. */
  compare(exact: string, found: string): void;
  /**
   * Declares the output {@linkcode PROBE}, for each comparison the sum of squares of what should be, and of the difference.
   *
   * @returns Whether there is anything to compare.
   */
  report(): boolean;
}

/** Writes comparisons into a graph. */
export function probe(builder: GraphBuilder): Probe {
  const sums: string[] = [];
  function sumOfSquares(value: string): void {
    const sum = builder.node(`${value}.squares`, 'ReduceSumSquare', [value], { keepdims: 0 });
    sums.push(
      builder.node(`${value}.squares.row`, 'Reshape', [
        sum,
        builder.shared('probe.row', [1], () => BigInt64Array.of(1n)),
      ]),
    );
  }
  return {
    compare(exact, found) {
      sumOfSquares(exact);
      sumOfSquares(builder.node(`${found}.difference`, 'Sub', [found, exact]));
    },
    report() {
      if (sums.length === 0) return false;
      builder.node(PROBE, 'Concat', sums, { axis: 0 });
      builder.output(PROBE, 'float32', [sums.length]);
      return true;
    },
  };
}

/** Sums of squares of a signal and of what disturbs it. */
export interface Noise {
  readonly signal: number;
  readonly noise: number;
}

/** Adds up what a probe put out. */
export function readProbe(values: Float32Array): Noise {
  let [signal, noise] = [0, 0];
  values.forEach((value, at) => {
    if (at % 2 === 0) signal += value;
    else noise += value;
  });
  return { signal, noise };
}
