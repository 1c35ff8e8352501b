import { ConvertError } from '../../convert-error.ts';

/** The longest `module` or `name` line of a global, in bytes: real ones are under 60. */
const MAX_LINE_BYTES = 256;

/** Reads the bytes of a pickle from front to back and never past their end. */
export class PickleReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #text = new TextDecoder('utf-8', { fatal: true });
  #position = 0;

  /** @param bytes The whole pickle. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Where the next byte is read, for messages. */
  get position(): number {
    return this.#position;
  }

  /** An unsigned byte. */
  uint8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  /** An unsigned 16-bit number, little-endian. */
  uint16(): number {
    return this.#view.getUint16(this.#advance(2), true);
  }

  /** A signed 32-bit number, little-endian. */
  int32(): number {
    return this.#view.getInt32(this.#advance(4), true);
  }

  /** An unsigned 32-bit number, little-endian. */
  uint32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  /** An unsigned 64-bit length, little-endian; one that is no safe integer lies past any end. */
  uint64(): number {
    return Number(this.#view.getBigUint64(this.#advance(8), true));
  }

  /** A float64, big-endian as pickle has it. */
  float64(): number {
    return this.#view.getFloat64(this.#advance(8), false);
  }

  /** The next `length` bytes, a view. */
  bytes(length: number): Uint8Array {
    const start = this.#advance(length);
    return this.#bytes.subarray(start, start + length);
  }

  /** The next `length` bytes as UTF-8. */
  utf8(length: number): string {
    try {
      return this.#text.decode(this.bytes(length));
    } catch (cause) {
      if (cause instanceof ConvertError) throw cause;
      throw new ConvertError(`cannot read the pickle: text at byte ${this.#position} is not UTF-8`);
    }
  }

  /** The text up to the next line feed, which is swallowed. */
  line(): string {
    const end = this.#bytes.indexOf(0x0a, this.#position);
    const length = end - this.#position;
    if (end < 0 || length > MAX_LINE_BYTES) {
      throw new ConvertError(
        `cannot read the pickle: the line at byte ${this.#position} does not end within ${MAX_LINE_BYTES} bytes`,
      );
    }
    const text = this.utf8(length);
    this.#advance(1);
    return text;
  }

  /** @returns The old position. */
  #advance(length: number): number {
    const start = this.#position;
    const left = this.#bytes.length - start;
    if (length > left) {
      throw new ConvertError(
        `cannot read the pickle: byte ${start} announces ${length} bytes, ${left} are left`,
      );
    }
    this.#position += length;
    return start;
  }
}
