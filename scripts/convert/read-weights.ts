import type { Checkpoint } from './checkpoint/checkpoint.ts';
import { expectedTensors } from './checkpoint/expected-tensors.ts';
import { listFaults } from './checkpoint/list-faults.ts';
import { ConvertError } from './convert-error.ts';
import type { WeightSource } from './graph/weight-source.ts';

/**
 * Looks through every tensor that the converter needs; each is read again when it is asked for, so that one at a time
 * is in memory.
 *
 * @param onTensor Called after each one, with how many there are.
 * @throws {ConvertError} All missing and misshapen tensors at once, or all that hold what is no number.
 */
export async function readWeights(
  checkpoint: Checkpoint,
  onTensor: (done: number, total: number) => void,
): Promise<WeightSource> {
  checkpoint.check();
  const expected = expectedTensors(checkpoint.config);
  const faults: string[] = [];
  let done = 0;
  for (const [key, shape] of expected) {
    const { data } = checkpoint.tensor(key, shape);
    const bad = countNonFinite(data);
    if (bad > 0) faults.push(`${key}: ${bad} of ${data.length}`);
    onTensor(++done, expected.size);
  }
  if (faults.length > 0) {
    throw new ConvertError(
      `cannot convert this checkpoint: ${faults.length} tensors hold NaN or infinite numbers${listFaults(faults)}`,
    );
  }
  return (key, shape) => {
    if (!expected.has(key)) {
      throw new ConvertError(
        `the converter asked for ${key} [${shape.join(', ')}], which it did not read`,
      );
    }
    return checkpoint.tensor(key, shape).data;
  };
}

function countNonFinite(numbers: Float32Array): number {
  let count = 0;
  for (const value of numbers) if (!Number.isFinite(value)) count += 1;
  return count;
}
