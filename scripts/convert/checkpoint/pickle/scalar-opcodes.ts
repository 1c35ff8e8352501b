import type { PickleMachine } from './pickle-machine.ts';

/** An int longer than this is refused: seeds have 8 bytes, hashes 32. */
const MAX_INT_BYTES = 64;

function pushLong(machine: PickleMachine, length: number): void {
  if (length > MAX_INT_BYTES)
    throw machine.error(`an int of ${length} bytes, at most ${MAX_INT_BYTES}`);
  const bytes = machine.reader.bytes(length);
  let value = 0n;
  for (let i = length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i] ?? 0);
  const signed = BigInt.asIntN(length * 8, value);
  const number = Number(signed);
  machine.push(Number.isSafeInteger(number) ? number : signed);
}

/**
 * Opcodes that push one constant; the protocol is Python's, Lib/pickletools.py.
 *
 * Texts of protocols 0 and 1 are left out: torch.save has never written them into a zip.
 */
export const SCALAR_OPCODES: ReadonlyMap<number, (machine: PickleMachine) => void> = new Map([
  [0x4e, (m) => m.push(null)], // NONE
  [0x88, (m) => m.push(true)], // NEWTRUE
  [0x89, (m) => m.push(false)], // NEWFALSE
  [0x4a, (m) => m.push(m.reader.int32())], // BININT
  [0x4b, (m) => m.push(m.reader.uint8())], // BININT1
  [0x4d, (m) => m.push(m.reader.uint16())], // BININT2
  [0x8a, (m) => pushLong(m, m.reader.uint8())], // LONG1
  [0x8b, (m) => pushLong(m, m.reader.uint32())], // LONG4
  [0x47, (m) => m.push(m.reader.float64())], // BINFLOAT
  [0x8c, (m) => m.push(m.reader.utf8(m.reader.uint8()))], // SHORT_BINUNICODE
  [0x58, (m) => m.push(m.reader.utf8(m.reader.uint32()))], // BINUNICODE
  [0x8d, (m) => m.push(m.reader.utf8(m.reader.uint64()))], // BINUNICODE8
  [0x43, (m) => m.push(m.reader.bytes(m.reader.uint8()))], // SHORT_BINBYTES
  [0x42, (m) => m.push(m.reader.bytes(m.reader.uint32()))], // BINBYTES
  [0x8e, (m) => m.push(m.reader.bytes(m.reader.uint64()))], // BINBYTES8
]);
