import { quantiseRows } from '../quantise/quantise-weights.ts';
import type { GraphBuilder } from './graph-builder.ts';
import { transpose } from './transpose.ts';

/** A linear layer, `y = x W^T + b`. */
export interface Linear {
  readonly name: string;
  /** `[outputs, inputs]`. */
  readonly weight: Float32Array;
  /** `[outputs]`. */
  readonly bias: Float32Array;
}

/** Writes a linear layer: `[rows, inputs]` -> `[rows, outputs]`, both float32. */
export type LinearArithmetic = (input: string, layer: Linear) => string;

/** Linear layers in fp32. */
export function floatLinear(builder: GraphBuilder): LinearArithmetic {
  return (input, { name, weight, bias }) => {
    const outputs = bias.length;
    const inputs = weight.length / outputs;
    return builder.node(name, 'Gemm', [
      input,
      builder.constant(`${name}.weight`, [inputs, outputs], transpose(weight, outputs, inputs)),
      builder.constant(`${name}.bias`, [outputs], bias),
    ]);
  };
}

/** Linear layers with int8 weights per output, activations quantised as they come: no calibration needed. */
export function int8Linear(builder: GraphBuilder): LinearArithmetic {
  return (input, { name, weight, bias }) => {
    const outputs = bias.length;
    const { bytes, scales } = int8Transposed(weight, outputs);
    return builder.node(name, 'DynamicQuantizeMatMul', [
      input,
      builder.constant(`${name}.weight`, [weight.length / outputs, outputs], bytes),
      builder.constant(`${name}.weight.scale`, [outputs], scales),
      '',
      builder.constant(`${name}.bias`, [outputs], bias),
    ]);
  };
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
