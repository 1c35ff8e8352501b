/** Counts the memories of the WASM instances that come into being from here on: a codec's is nobody else's to see. */
export interface WatchedMemories {
  /** Bytes of the largest one since `reset()`. */
  largest(): number;
  reset(): void;
}

/** Stands between the codecs and `WebAssembly`; for the benchmark only. */
export function watchMemories(): WatchedMemories {
  let memories: WebAssembly.Memory[] = [];
  function note(instance: WebAssembly.Instance): void {
    for (const value of Object.values(instance.exports)) {
      if (value instanceof WebAssembly.Memory) memories.push(value);
    }
  }
  const { Instance, instantiate } = WebAssembly;
  const watched = new Proxy(Instance, {
    construct(target, args) {
      const instance: WebAssembly.Instance = Reflect.construct(target, args);
      note(instance);
      return instance;
    },
  });
  Reflect.set(WebAssembly, 'Instance', watched);
  Reflect.set(WebAssembly, 'instantiate', async (...args: Parameters<typeof instantiate>) => {
    const instance = await instantiate(...args);
    if (instance instanceof Instance) note(instance);
    return instance;
  });
  return {
    largest: () => Math.max(0, ...memories.map(({ buffer }) => buffer.byteLength)),
    reset() {
      memories = [];
    },
  };
}
