import type { OrtRuntime } from '../../../functions/model/ort-runtime.ts';

/** Bytes that the heap grows by over repetitions of something, after it was done twice. */
export async function heapGrowth(
  runtime: OrtRuntime,
  repetitions: number,
  work: () => Promise<void>,
): Promise<number> {
  await work();
  await work();
  const before = runtime.heapBytes();
  for (let i = 0; i < repetitions; i++) await work();
  return runtime.heapBytes() - before;
}
