import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { ConvertError } from '../../convert-error.ts';

/** `readSync` takes no more at a time. */
const MAX_READ_BYTES = 2 ** 30;

/** A file that is read in pieces, from anywhere in it; what graphs are written from is read when it is asked for. */
export class FileBytes {
  readonly path: string;
  readonly size: number;
  readonly #file: number;

  /** @throws {ConvertError} There is no such file, or it cannot be read. */
  constructor(path: string) {
    try {
      this.#file = openSync(path, 'r');
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new ConvertError(`cannot read ${path}: ${reason}`, { cause });
    }
    this.path = path;
    this.size = fstatSync(this.#file).size;
  }

  /**
   * Some of the bytes, in a buffer of their own.
   *
   * @throws {ConvertError} They are not all there; nothing is reserved for them then.
   */
  read(position: number, length: number): Uint8Array<ArrayBuffer> {
    if (!(length >= 0 && position >= 0 && position + length <= this.size)) {
      throw new ConvertError(
        `cannot read ${this.path}: ${length} bytes at ${position} are wanted, it has ${this.size}; a truncated download?`,
      );
    }
    const bytes = new Uint8Array(length);
    for (let filled = 0; filled < length; ) {
      const wanted = Math.min(length - filled, MAX_READ_BYTES);
      const got = readSync(this.#file, bytes, filled, wanted, position + filled);
      if (got === 0) throw new ConvertError(`cannot read ${this.path}: it shrank meanwhile`);
      filled += got;
    }
    return bytes;
  }

  /** Closes the file. */
  close(): void {
    closeSync(this.#file);
  }
}
