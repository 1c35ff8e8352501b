/**
 * Gives a tensor of the checkpoint by its canonical name.
 *
 * @param key ModelScope's key, e.g. `encoder.layers.0.fc1.weight`.
 * @param shape The shape that the configuration implies; another is an error.
 * @returns Contiguous, row-major.
 */
export type WeightSource = (key: string, shape: readonly number[]) => Float32Array;
