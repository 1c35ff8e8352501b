import { ConvertError } from '../convert-error.ts';
import { gatherTensor } from './gather-tensor.ts';
import type { ModelConfig } from './model-config.ts';
import type { TensorReference } from './tensor-reference.ts';
import type { TorchArchive } from './torch-archive.ts';
import { DTYPE_BYTES } from './torch-dtype.ts';

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

/** An open checkpoint folder; tensors are read from disk one at a time. */
export class Checkpoint {
  readonly config: ModelConfig;
  readonly vocabularyPath: string;
  readonly mergesPath: string;
  readonly #archive: TorchArchive;
  readonly #tensors: ReadonlyMap<string, TensorReference>;
  readonly #used = new Set<string>();

  constructor(
    settings: { config: ModelConfig; vocabularyPath: string; mergesPath: string },
    archive: TorchArchive,
    tensors: ReadonlyMap<string, TensorReference>,
  ) {
    this.config = settings.config;
    this.vocabularyPath = settings.vocabularyPath;
    this.mergesPath = settings.mergesPath;
    this.#archive = archive;
    this.#tensors = tensors;
  }

  /** Whether the file holds a tensor of that ModelScope name. */
  has(key: string): boolean {
    return this.#tensors.has(key);
  }

  /**
   * Compares many tensors' shapes without reading them.
   *
   * @param expected From `expectedTensors()`.
   * @throws {ConvertError} All that are missing or have another shape, in one message.
   */
  check(expected: ReadonlyMap<string, readonly number[]>): void {
    const faults: string[] = [];
    for (const [key, shape] of expected) {
      const found = this.#tensors.get(key);
      if (found !== undefined && shapeText(found.shape) === shapeText(shape)) continue;
      const instead = found === undefined ? 'found nothing' : `found ${shapeText(found.shape)}`;
      faults.push(`\n  ${key}: expected ${shapeText(shape)}, ${instead}`);
    }
    if (faults.length > 0) {
      throw new ConvertError(
        `cannot convert this checkpoint: ${faults.length} of ${expected.size} tensors do not fit config.json${faults.join('')}`,
      );
    }
  }

  /**
   * Reads one tensor and marks it as used.
   *
   * @param key Its ModelScope name, whatever the file calls it.
   * @param shape The shape it must have.
   * @throws {ConvertError} Missing or misshapen (key, expected and found shape), or damaged on disk.
   */
  async tensor(key: string, shape: readonly number[]): Promise<Tensor> {
    this.check(new Map([[key, shape]]));
    const reference = this.#tensors.get(key);
    if (reference === undefined) throw new ConvertError(`cannot find tensor ${key}`);
    this.#used.add(key);
    const bytes = await this.#archive.readStorage(reference.storage.name);
    if (this.#archive.bigEndian) swapBytes(bytes, DTYPE_BYTES[reference.storage.dtype]);
    return { shape, data: gatherTensor(bytes, reference) };
  }

  /** Every tensor that was never read, in the file's order: what the conversion drops. */
  unused(): NamedShape[] {
    return [...this.#tensors]
      .filter(([key]) => !this.#used.has(key))
      .map(([key, { shape }]) => ({ key, shape }));
  }

  /** Closes the file. */
  async close(): Promise<void> {
    this.#archive.close();
  }
}

function shapeText(shape: readonly number[]): string {
  return `[${shape.join(', ')}]`;
}

function swapBytes(bytes: Uint8Array, size: number): void {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (size === 2) view.swap16();
  else if (size === 4) view.swap32();
  else if (size === 8) view.swap64();
}
