import { readFile } from 'node:fs/promises';
import { createOrtModule, type OrtModule } from '../../../functions/model/ort-module.ts';
import { type EncodedGraph, GraphBuilder } from '../../../scripts/convert/graph/graph-builder.ts';

/** The runtime's C API, initialised, one thread: for tests of the parts of the driver. */
export async function ortModule(): Promise<OrtModule> {
  const path = new URL(import.meta.resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm'));
  const { module } = await createOrtModule(await WebAssembly.compile(await readFile(path)), 1);
  module._OrtInit(1, 3);
  return module;
}

/** Columns of the small graph: more than 16, so that its constants are external. */
export const COLUMNS = 20;

/** `sum = x * factor + shift` for `x [rows, COLUMNS]`, factor and shift by column. */
export function smallGraph(factor: readonly number[], shift: readonly number[]): EncodedGraph {
  const builder = new GraphBuilder('small', 'small.weights');
  const x = builder.input('x', 'float32', ['rows', COLUMNS]);
  const product = builder.node('product', 'Mul', [
    x,
    builder.constant('factor', [COLUMNS], Float32Array.from(factor)),
  ]);
  builder.node('sum', 'Add', [
    product,
    builder.constant('shift', [COLUMNS], Float32Array.from(shift)),
  ]);
  builder.output('sum', 'float32', ['rows', COLUMNS]);
  return builder.encode();
}

/** COLUMNS numbers that start at `first`. */
export function ramp(first: number): number[] {
  return Array.from({ length: COLUMNS }, (_, i) => first + i);
}
