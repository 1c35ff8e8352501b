import { isList } from './is-list.ts';
import type { PickleMachine } from './pickle-machine.ts';

function append(machine: PickleMachine, values: readonly unknown[]): void {
  const list = machine.top();
  if (!isList(list)) throw machine.error('a value is appended to something that is no list');
  for (const value of values) list.push(value);
}

function setItems(machine: PickleMachine, items: readonly unknown[]): void {
  const dict = machine.top();
  if (!(dict instanceof Map)) throw machine.error('an item is set on something that is no dict');
  if (items.length % 2 !== 0) throw machine.error('a key without a value');
  for (let i = 0; i < items.length; i += 2) dict.set(items[i], items[i + 1]);
}

/** Opcodes that build tuples and lists (both arrays here) and dicts (maps here). */
export const CONTAINER_OPCODES: ReadonlyMap<number, (machine: PickleMachine) => void> = new Map([
  [0x28, (m) => m.mark()], // MARK
  [0x30, (m) => void m.pop()], // POP
  [0x31, (m) => void m.popToMark()], // POP_MARK
  [0x29, (m) => m.push([])], // EMPTY_TUPLE
  [0x74, (m) => m.push(m.popToMark())], // TUPLE
  [0x85, (m) => m.push(m.popMany(1))], // TUPLE1
  [0x86, (m) => m.push(m.popMany(2))], // TUPLE2
  [0x87, (m) => m.push(m.popMany(3))], // TUPLE3
  [0x5d, (m) => m.push([])], // EMPTY_LIST
  [0x61, (m) => append(m, m.popMany(1))], // APPEND
  [0x65, (m) => append(m, m.popToMark())], // APPENDS
  [0x7d, (m) => m.push(new Map())], // EMPTY_DICT
  [0x73, (m) => setItems(m, m.popMany(2))], // SETITEM
  [0x75, (m) => setItems(m, m.popToMark())], // SETITEMS
]);
