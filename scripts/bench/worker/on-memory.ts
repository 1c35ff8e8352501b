/**
 * Stands between the Worker and `WebAssembly` and tells of each memory once, as soon as an instance has it: a codec's is
 * nobody else's to see. For measuring only.
 */
export function onMemory(note: (memory: WebAssembly.Memory) => void): void {
  const known = new WeakSet<WebAssembly.Memory>();
  function look(instance: WebAssembly.Instance): void {
    for (const value of Object.values(instance.exports)) {
      if (!(value instanceof WebAssembly.Memory) || known.has(value)) continue;
      known.add(value);
      note(value);
    }
  }
  const { Instance, instantiate } = WebAssembly;
  const watched = new Proxy(Instance, {
    construct(target, args) {
      const instance: WebAssembly.Instance = Reflect.construct(target, args);
      look(instance);
      return instance;
    },
  });
  Reflect.set(WebAssembly, 'Instance', watched);
  Reflect.set(WebAssembly, 'instantiate', async (...args: Parameters<typeof instantiate>) => {
    const instance = await instantiate(...args);
    if (instance instanceof Instance) look(instance);
    return instance;
  });
}
