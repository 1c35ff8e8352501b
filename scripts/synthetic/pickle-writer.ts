/** Writes a pickle of protocol 2, opcode by opcode; Python's Lib/pickletools.py describes them. */
export class PickleWriter {
  readonly #parts: Uint8Array[] = [Uint8Array.of(0x80, 2)];
  readonly #text = new TextEncoder();

  /** Opcodes as they are: `(` mark, `t` tuple, `R` reduce, `Q` persistent id, `u` set items, `)` empty tuple ... */
  raw(opcodes: string): this {
    this.#parts.push(this.#text.encode(opcodes));
    return this;
  }

  /** Bytes as they are. */
  bytes(...bytes: number[]): this {
    this.#parts.push(Uint8Array.from(bytes));
    return this;
  }

  /** A string. */
  string(value: string): this {
    const text = this.#text.encode(value);
    this.#withUint32('X', text.length);
    this.#parts.push(text);
    return this;
  }

  /** A number of at most 31 bits, not negative. */
  int(value: number): this {
    if (value < 256) return this.raw('K').bytes(value);
    this.#withUint32('J', value);
    return this;
  }

  /** A tuple of such numbers. */
  ints(values: readonly number[]): this {
    this.raw('(');
    for (const value of values) this.int(value);
    return this.raw('t');
  }

  /** A name to be imported. */
  global(module: string, name: string): this {
    return this.raw(`c${module}\n${name}\n`);
  }

  /** The end; the writer must not be used afterwards. */
  finish(): Uint8Array {
    this.raw('.');
    return new Uint8Array(Buffer.concat(this.#parts));
  }

  #withUint32(opcode: string, value: number): void {
    const word = new Uint8Array(4);
    new DataView(word.buffer).setUint32(0, value, true);
    this.raw(opcode);
    this.#parts.push(word);
  }
}
