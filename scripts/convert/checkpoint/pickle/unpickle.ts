import { CONTAINER_OPCODES } from './container-opcodes.ts';
import { OBJECT_OPCODES } from './object-opcodes.ts';
import { PickleMachine } from './pickle-machine.ts';
import type { PickleWorld } from './pickle-world.ts';
import { SCALAR_OPCODES } from './scalar-opcodes.ts';

const PROTO = 0x80;
const FRAME = 0x95;
const STOP = 0x2e;

/** The newest protocol Python has. */
const MAX_PROTOCOL = 5;

const OPCODES = new Map([...SCALAR_OPCODES, ...CONTAINER_OPCODES, ...OBJECT_OPCODES]);

/**
 * Reads a pickle of protocol 2 to 5 that can reach nothing but what `world` hands out.
 *
 * Every step consumes at least one byte and nothing recurses, so time is bounded by the length.
 *
 * @param bytes The whole pickle; the caller caps its length.
 * @returns `null`, boolean, number, bigint, string, bytes, array (tuple and list), Map (dict), or
 *   whatever `world` returned.
 * @throws {ConvertError} A forbidden global (by name), an unknown opcode, a truncated or absurd pickle.
 */
export function unpickle(bytes: Uint8Array, world: PickleWorld): unknown {
  return unpickleFrom(bytes, world).value;
}

/** The same for a pickle that other things follow: its value, and how many bytes it has. */
export function unpickleFrom(
  bytes: Uint8Array,
  world: PickleWorld,
): { readonly value: unknown; readonly length: number } {
  const machine = new PickleMachine(bytes, world);
  for (;;) {
    const opcode = machine.reader.uint8();
    if (opcode === STOP) return { value: machine.pop(), length: machine.reader.position };
    if (opcode === PROTO) checkProtocol(machine);
    else if (opcode === FRAME) machine.reader.uint64();
    else {
      const step = OPCODES.get(opcode);
      if (step === undefined) throw machine.error(`unknown opcode 0x${opcode.toString(16)}`);
      step(machine);
    }
  }
}

function checkProtocol(machine: PickleMachine): void {
  const protocol = machine.reader.uint8();
  if (protocol > MAX_PROTOCOL) {
    throw machine.error(`pickle protocol ${protocol}, at most ${MAX_PROTOCOL}`);
  }
}
