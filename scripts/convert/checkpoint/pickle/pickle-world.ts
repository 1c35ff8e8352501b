/** What a pickle may reach: whatever is not handed out here does not exist for it. */
export interface PickleWorld {
  /**
   * The thing behind `module.name`.
   *
   * @throws {ConvertError} The global is not on the allow-list; its name is in the message.
   */
  global(module: string, name: string): PickleGlobal;
  /** The object behind a persistent id. */
  persistent(id: unknown): unknown;
}

/** An allowed global: called by REDUCE and NEWOBJ, or only passed on as a marker. */
export class PickleGlobal {
  /** `module.name`. */
  readonly name: string;
  readonly call: (args: readonly unknown[]) => unknown;

  constructor(name: string, call: (args: readonly unknown[]) => unknown) {
    this.name = name;
    this.call = call;
  }
}

/** An object whose class is allowed but whose content nobody needs: it keeps nothing. */
export class InertObject {}
