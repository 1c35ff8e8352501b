import { ConvertError } from '../../convert-error.ts';
import { PickleReader } from './pickle-reader.ts';
import type { PickleWorld } from './pickle-world.ts';

/** Marks open at once: a state dict needs 4, a fairseq checkpoint with its arguments about 12. */
const MAX_NESTED_MARKS = 64;
/** Values pushed in all: some 40 a tensor, so 60,000 for OFA-huge, a few times that with an optimizer's state. */
const MAX_VALUES = 1_000_000;
/** Values remembered at once, of which there are fewer. */
const MAX_MEMO_VALUES = 1_000_000;

/** The state of one unpickling: what is to be read, the stack with its marks, and the memo. */
export class PickleMachine {
  readonly reader: PickleReader;
  readonly world: PickleWorld;
  readonly #memo = new Map<number, unknown>();
  readonly #stack: unknown[] = [];
  readonly #marks: number[] = [];
  #pushed = 0;

  /** @param bytes The whole pickle. */
  constructor(bytes: Uint8Array, world: PickleWorld) {
    this.reader = new PickleReader(bytes);
    this.world = world;
  }

  /** Puts a value on the stack. */
  push(value: unknown): void {
    if (this.#pushed >= MAX_VALUES) throw this.error(`more than ${MAX_VALUES} values`);
    this.#pushed += 1;
    this.#stack.push(value);
  }

  /** Takes the last value, which must lie above the last mark. */
  pop(): unknown {
    this.top();
    return this.#stack.pop();
  }

  /** The last value, left where it is. */
  top(): unknown {
    if (this.#stack.length <= (this.#marks.at(-1) ?? 0)) throw this.error('the stack is empty');
    return this.#stack.at(-1);
  }

  /** Remembers the stack's height. */
  mark(): void {
    if (this.#marks.length >= MAX_NESTED_MARKS) {
      throw this.error(`nested deeper than ${MAX_NESTED_MARKS}`);
    }
    this.#marks.push(this.#stack.length);
  }

  /** Takes everything above the last mark, and the mark. */
  popToMark(): unknown[] {
    const height = this.#marks.pop();
    if (height === undefined) throw this.error('no mark is set');
    return this.#stack.splice(height);
  }

  /** Takes `count` values, first pushed first. */
  popMany(count: number): unknown[] {
    const values: unknown[] = [];
    for (let i = 0; i < count; i++) values.unshift(this.pop());
    return values;
  }

  /** Remembers the last value under a number, the next one unless told. */
  remember(index: number = this.#memo.size): void {
    if (this.#memo.size >= MAX_MEMO_VALUES) {
      throw this.error(`more than ${MAX_MEMO_VALUES} values remembered`);
    }
    this.#memo.set(index, this.top());
  }

  /** Puts a remembered value on the stack. */
  recall(index: number): void {
    if (!this.#memo.has(index)) throw this.error(`nothing is remembered as ${index}`);
    this.push(this.#memo.get(index));
  }

  /** An error that names the place. */
  error(reason: string): ConvertError {
    return new ConvertError(
      `cannot read the pickle: ${reason}, at byte ${this.reader.position}; the file is damaged or was not written by torch.save`,
    );
  }
}
