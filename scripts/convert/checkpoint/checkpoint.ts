import { collectGarbage } from '../../lib/collect-garbage.ts';
import { ConvertError } from '../convert-error.ts';
import { checkTensors } from './check-tensors.ts';
import type { ModelConfig } from './model-config.ts';
import { readTensor } from './read-tensor.ts';
import type { Weights } from './weights/open-weights.ts';

/** Numbers that are read before garbage is collected, in bytes: V8 may let several times as many lie about. */
const MAX_GARBAGE_BYTES = 64 * 2 ** 20;

/** Numbers of a weight, contiguous and row-major. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** A tensor's ModelScope name and shape. */
export interface NamedShape {
  readonly key: string;
  readonly shape: readonly number[];
}

/** An open checkpoint folder; tensors are read from disk one at a time, each time anew. */
export class Checkpoint {
  readonly config: ModelConfig;
  readonly vocabularyPath: string;
  readonly mergesPath: string;
  readonly weights: Weights;
  readonly #used = new Set<string>();
  /** Bytes read since garbage was collected. */
  #readBytes = 0;

  constructor(
    settings: { config: ModelConfig; vocabularyPath: string; mergesPath: string },
    weights: Weights,
  ) {
    this.config = settings.config;
    this.vocabularyPath = settings.vocabularyPath;
    this.mergesPath = settings.mergesPath;
    this.weights = weights;
  }

  /** Whether there is a tensor of that ModelScope name. */
  has(key: string): boolean {
    return this.weights.tensors.has(key);
  }

  /**
   * Compares the tensors with the settings without reading them.
   *
   * @throws {ConvertError} All that are missing, misshapen or would be lost, in one message.
   */
  check(): void {
    const shapes = [...this.weights.tensors].map(
      ([key, { reference }]) => [key, reference.shape] as const,
    );
    checkTensors(new Map(shapes), this.config);
  }

  /**
   * Reads one tensor and marks it as used.
   *
   * @param key Its ModelScope name, whatever the file calls it.
   * @param shape The shape it must have.
   * @throws {ConvertError} Missing or misshapen (key, expected and found shape), or damaged on disk.
   */
  tensor(key: string, shape: readonly number[]): Tensor {
    const stored = this.weights.tensors.get(key);
    if (stored?.reference.shape.join() !== shape.join()) {
      const found = stored === undefined ? 'nothing' : `[${stored.reference.shape.join(', ')}]`;
      throw new ConvertError(
        `cannot read tensor ${key}: expected [${shape.join(', ')}], found ${found}`,
      );
    }
    this.#used.add(key);
    const bytes = stored.reference.count * Float32Array.BYTES_PER_ELEMENT;
    if (this.#readBytes + bytes > MAX_GARBAGE_BYTES) {
      collectGarbage();
      this.#readBytes = 0;
    }
    this.#readBytes += bytes;
    return { shape, data: readTensor(stored) };
  }

  /** Every tensor that was never read, in the file's order: what the conversion drops. */
  unused(): NamedShape[] {
    return [...this.weights.tensors]
      .filter(([key]) => !this.#used.has(key))
      .map(([key, { reference }]) => ({ key, shape: reference.shape }));
  }

  /** Closes the files. */
  async close(): Promise<void> {
    this.weights.close();
  }
}
