import type { Checkpoint } from './checkpoint/checkpoint.ts';
import { expectedTensors } from './checkpoint/expected-tensors.ts';
import { ConvertError } from './convert-error.ts';
import type { WeightSource } from './graph/weight-source.ts';

/**
 * Reads every tensor that the converter needs.
 *
 * @param onTensor Called after each one, with how many there are.
 * @throws {ConvertError} All missing and misshapen tensors at once.
 */
export async function readWeights(
  checkpoint: Checkpoint,
  onTensor: (done: number, total: number) => void,
): Promise<WeightSource> {
  const expected = expectedTensors(checkpoint.config);
  checkpoint.check(expected);
  const tensors = new Map<string, Float32Array>();
  for (const [key, shape] of expected) {
    tensors.set(key, (await checkpoint.tensor(key, shape)).data);
    onTensor(tensors.size, expected.size);
  }
  return (key, shape) => {
    const tensor = tensors.get(key);
    const count = shape.reduce((product, side) => product * side, 1);
    if (tensor?.length !== count) {
      throw new ConvertError(
        `the converter asked for ${key} [${shape.join(', ')}], which it did not read`,
      );
    }
    return tensor;
  };
}
