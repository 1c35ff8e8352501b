/** More than decoding any picture that is taken needs, 44 MiB in all: see docs/memory.md. */
const PROBE_PAGES = 704;

/**
 * Whether there is no more memory for an instance that gave up without a word, which is how codecs fail where an
 * allocation does. The instance is of no use afterwards.
 */
export function lacksMemory({ exports }: WebAssembly.Instance): boolean {
  const memory = Object.values(exports).find((value) => value instanceof WebAssembly.Memory);
  try {
    memory?.grow(PROBE_PAGES);
    return false;
  } catch {
    return true;
  }
}
