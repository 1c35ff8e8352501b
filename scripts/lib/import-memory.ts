/** What the codecs' memory is called where they import it. */
const [MODULE, NAME] = ['edge', 'memory'];
const PREAMBLE_BYTES = 8;
const [IMPORTS, MEMORIES, CODE] = [2, 5, 10];
const MEMORY_KIND = 2;
const [CALL, MEMORY_GROW] = [0x10, [0x40, 0x00]];
/** `block`, `loop` and `if`, behind which the same two bytes mean something else. */
const BLOCKS: ReadonlySet<number | undefined> = new Set([0x02, 0x03, 0x04]);

interface Section {
  readonly id: number;
  readonly bytes: Uint8Array;
}

/**
 * Rewrites a WASM module so that it imports the memory that it had of its own, as `edge.memory`.
 *
 * @throws {Error} It has no memory of its own.
 * @see WebAssembly core specification, 5.5
 */
export function importMemory(module: Uint8Array): Uint8Array<ArrayBuffer> {
  const sections = readSections(module);
  const memory = sectionOf(sections, MEMORIES);
  const { value: count, next } = readNumber(sectionOf(sections, IMPORTS), 0);
  const entries = sectionOf(sections, IMPORTS).subarray(next);
  // The section of memories is how many there are, one, and its limits.
  const entry = [...text(MODULE), ...text(NAME), MEMORY_KIND, ...memory.subarray(1)];
  const imports = Uint8Array.from([...number(count + 1), ...entries, ...entry]);
  return writeSections(
    module,
    sections
      .filter(({ id }) => id !== MEMORIES)
      .map((section) => (section.id === IMPORTS ? { id: IMPORTS, bytes: imports } : section)),
  );
}

/**
 * Rewrites a WASM module so that it calls a function where it had `memory.grow`.
 *
 * @param index Of a function `(i32) -> i32` that the module imports, below 128.
 * @throws {Error} There is not just one place of it.
 */
export function growThrough(module: Uint8Array, index: number): Uint8Array<ArrayBuffer> {
  const sections = readSections(module);
  const code = Uint8Array.from(sectionOf(sections, CODE));
  const places = Array.from(code.keys()).filter(
    (at) => MEMORY_GROW.every((byte, i) => code[at + i] === byte) && !BLOCKS.has(code[at - 1]),
  );
  const [place] = places;
  if (place === undefined || places.length > 1) {
    throw new Error(`cannot replace memory.grow: found ${places.length} times, wanted once`);
  }
  code.set([CALL, index], place);
  return writeSections(
    module,
    sections.map((section) => (section.id === CODE ? { id: CODE, bytes: code } : section)),
  );
}

function readSections(module: Uint8Array): Section[] {
  const sections: Section[] = [];
  for (let at = PREAMBLE_BYTES; at < module.length; ) {
    const { value: length, next } = readNumber(module, at + 1);
    sections.push({ id: module[at] ?? 0, bytes: module.subarray(next, next + length) });
    at = next + length;
  }
  return sections;
}

function sectionOf(sections: readonly Section[], id: number): Uint8Array {
  const section = sections.find((it) => it.id === id);
  if (section === undefined) throw new Error(`cannot rewrite the module: it has no section ${id}`);
  return section.bytes;
}

function writeSections(module: Uint8Array, sections: readonly Section[]): Uint8Array<ArrayBuffer> {
  const parts = sections.flatMap(({ id, bytes }) => [
    Uint8Array.from([id, ...number(bytes.length)]),
    bytes,
  ]);
  return Uint8Array.from(Buffer.concat([module.subarray(0, PREAMBLE_BYTES), ...parts]));
}

/** LEB128, unsigned. */
function readNumber(bytes: Uint8Array, at: number): { value: number; next: number } {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++] ?? 0;
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return { value, next: at };
  }
}

function number(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...number(value >>> 7)];
}

function text(content: string): number[] {
  return [...number(content.length), ...Buffer.from(content)];
}
