import { Interruption } from './interruption.ts';

/** Numbers of the signals that ask a program to end. */
const SIGNALS = { SIGINT: 2, SIGTERM: 15 } as const;

/**
 * Runs something that can be broken off at any point: on Ctrl-C its signal is aborted, with an {@linkcode Interruption}
 * for a reason.
 *
 * @param goOn Says, when it happens, what is kept and how to go on.
 */
export async function withInterruption<T>(
  goOn: () => string,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const handlers = Object.entries(SIGNALS).map(([name, number]) => ({
    name,
    handle: () => controller.abort(new Interruption(`interrupted: ${goOn()}`, 128 + number)),
  }));
  for (const { name, handle } of handlers) process.on(name, handle);
  try {
    return await run(controller.signal);
  } finally {
    for (const { name, handle } of handlers) process.off(name, handle);
  }
}
