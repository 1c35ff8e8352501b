import { isList } from './is-list.ts';
import type { PickleMachine } from './pickle-machine.ts';
import { InertObject, PickleGlobal } from './pickle-world.ts';

function stackGlobal(machine: PickleMachine): void {
  const [module, name] = machine.popMany(2);
  if (typeof module !== 'string' || typeof name !== 'string') {
    throw machine.error('the name of a global is no text');
  }
  machine.push(machine.world.global(module, name));
}

function call(machine: PickleMachine): void {
  const [callee, args] = machine.popMany(2);
  if (!(callee instanceof PickleGlobal) || !isList(args)) {
    throw machine.error('something that is no allowed global is called');
  }
  machine.push(callee.call(args));
}

/** Attributes are dropped: `_metadata` of a state dict, the fields of a Namespace. */
function build(machine: PickleMachine): void {
  machine.pop();
  const target = machine.top();
  if (!(target instanceof Map) && !(target instanceof InertObject)) {
    throw machine.error('attributes are set on something that has none');
  }
}

/** Opcodes of the memo, of globals and calls, and of persistent ids. */
export const OBJECT_OPCODES: ReadonlyMap<number, (machine: PickleMachine) => void> = new Map([
  [0x71, (m) => m.remember(m.reader.uint8())], // BINPUT
  [0x72, (m) => m.remember(m.reader.uint32())], // LONG_BINPUT
  [0x94, (m) => m.remember()], // MEMOIZE
  [0x68, (m) => m.recall(m.reader.uint8())], // BINGET
  [0x6a, (m) => m.recall(m.reader.uint32())], // LONG_BINGET
  [0x63, (m) => m.push(m.world.global(m.reader.line(), m.reader.line()))], // GLOBAL
  [0x93, stackGlobal], // STACK_GLOBAL
  [0x52, call], // REDUCE
  [0x81, call], // NEWOBJ
  [0x62, build], // BUILD
  [0x51, (m) => m.push(m.world.persistent(m.pop()))], // BINPERSID
]);
