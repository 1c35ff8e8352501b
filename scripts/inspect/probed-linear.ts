import type { GraphBuilder } from '../convert/graph/graph-builder.ts';
import { floatLinear, int8Linear, type LinearArithmetic } from '../convert/graph/linear.ts';
import { type Probe, probe } from './probe.ts';

/** Linear layers of which some are in int8, and one is compared with itself in fp32. */
export interface ProbedLinear {
  readonly linear: LinearArithmetic;
  readonly probe: Probe;
  /** What the probed layer reads, by block of rows: outputs of the graph. */
  readonly inputs: readonly string[];
}

/**
 * Writes linear layers as int8 models have them, or in fp32.
 *
 * @param isInt8 Whether a layer is in int8, by its key.
 * @param probed The one to compare, by its key; null: none.
 */
export function probedLinear(
  builder: GraphBuilder,
  isInt8: (key: string) => boolean,
  probed: string | null,
): ProbedLinear {
  const [float, int8] = [floatLinear(builder), int8Linear(builder)];
  const comparison = probe(builder);
  const inputs: string[] = [];
  return {
    probe: comparison,
    inputs,
    linear(input, layer) {
      const found = (isInt8(layer.key) ? int8 : float)(input, layer);
      if (layer.key !== probed) return found;
      const exact = float(input, {
        ...layer,
        key: `${layer.key}.exact`,
        name: `${layer.name}.exact`,
      });
      comparison.compare(exact, found);
      // What is read may be an output of the graph already.
      const read = builder.node(`${layer.name}.read`, 'Identity', [input]);
      inputs.push(read);
      builder.output(read, 'float32', [`${layer.name}.rows`, layer.inputs]);
      return found;
    },
  };
}
