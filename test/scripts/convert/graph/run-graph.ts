import type { OrtRuntime } from '../../../../functions/model/ort-runtime.ts';
import type { GraphBuilder } from '../../../../scripts/convert/graph/graph-builder.ts';

/** Numbers with a shape. */
export interface Numbers {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Runs what a builder wrote. The builder must have been given the location `weights`. */
export async function runGraph(
  runtime: OrtRuntime,
  builder: GraphBuilder,
  { inputs = {}, output }: { inputs?: Readonly<Record<string, Numbers>>; output: string },
): Promise<Numbers> {
  const { graph, weights } = builder.encode();
  const session = await runtime.createSession(graph, { location: 'weights', bytes: weights });
  const tensors = Object.entries(inputs).map(([name, { shape, values }]) => {
    const tensor = runtime.allocate(shape);
    tensor.view().set(values);
    return [name, tensor] as const;
  });
  try {
    const result = await session.run(Object.fromEntries(tensors), output);
    const numbers = { shape: result.shape, values: result.view().slice() };
    result.release();
    return numbers;
  } finally {
    for (const [, tensor] of tensors) tensor.release();
    session.release();
  }
}
