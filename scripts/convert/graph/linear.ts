import { quantiseRows } from '../quantise/quantise-weights.ts';
import type { GraphBuilder } from './graph-builder.ts';
import { transpose } from './transpose.ts';

/** A linear layer, `y = x W^T + b`. */
export interface Linear {
  /** Name of its constants, which all nodes of the layer share. */
  readonly key: string;
  /** Name of this node. */
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  /** Makes `[outputs, inputs]`; asked for by the layer's first node only. */
  readonly weight: () => Float32Array;
  /** Makes `[outputs]`. */
  readonly bias: () => Float32Array;
}

/** Writes a linear layer: `[rows, inputs]` -> `[rows, outputs]`, both float32. */
export type LinearArithmetic = (input: string, layer: Linear) => string;

/** Linear layers in fp32. */
export function floatLinear(builder: GraphBuilder): LinearArithmetic {
  return (input, { key, name, inputs, outputs, weight, bias }) =>
    builder.node(name, 'Gemm', [
      input,
      builder.shared(`${key}.weight`, [inputs, outputs], () =>
        transpose(weight(), outputs, inputs),
      ),
      builder.shared(`${key}.bias`, [outputs], bias),
    ]);
}

/** Linear layers with int8 weights per output, activations quantised as they come: no calibration needed. */
export function int8Linear(builder: GraphBuilder): LinearArithmetic {
  const layers = new Map<string, ReturnType<typeof int8Transposed>>();
  return (input, { key, name, inputs, outputs, weight, bias }) => {
    const { bytes, scales } = layers.get(key) ?? int8Transposed(weight(), outputs);
    layers.set(key, { bytes, scales });
    return builder.node(name, 'DynamicQuantizeMatMul', [
      input,
      builder.shared(`${key}.weight`, [inputs, outputs], () => bytes),
      builder.shared(`${key}.weight.scale`, [outputs], () => scales),
      '',
      builder.shared(`${key}.bias`, [outputs], bias),
    ]);
  };
}

/** Linear layers in int8, but for those whose key is to be kept in fp32. */
export function mixedLinear(
  builder: GraphBuilder,
  isKept: (key: string) => boolean,
): LinearArithmetic {
  const [float, int8] = [floatLinear(builder), int8Linear(builder)];
  return (input, layer) => (isKept(layer.key) ? float : int8)(input, layer);
}

/**
 * Quantises a linear layer's weights per output and turns them for onnxruntime.
 *
 * @param weight `[outputs, inputs]`.
 * @returns bytes `[inputs, outputs]`, scales `[outputs]`.
 */
export function int8Transposed(
  weight: Float32Array,
  outputs: number,
): { bytes: Int8Array; scales: Float32Array } {
  const { bytes, scales } = quantiseRows(weight, outputs);
  const inputs = weight.length / outputs;
  const turned = new Int8Array(bytes.length);
  for (let o = 0; o < outputs; o++) {
    for (let i = 0; i < inputs; i++) turned[i * outputs + o] = bytes[o * inputs + i] ?? 0;
  }
  return { bytes: turned, scales };
}
