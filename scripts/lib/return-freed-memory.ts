/** Blocks from this size on are the system's own, and go back to it when they are freed. */
const THRESHOLD_BYTES = 256 * 1024;

/**
 * Makes glibc give freed memory back: left alone it raises this threshold to the largest block that was ever freed, up
 * to 32 MiB, and keeps what is smaller. It reads the setting when a process starts, so this one starts anew, once,
 * under the same process id; elsewhere than on Linux nothing happens.
 */
export function returnFreedMemory(): void {
  const { execArgv, execPath, argv, env, platform, execve } = process;
  if (platform !== 'linux' || env.MALLOC_MMAP_THRESHOLD_ !== undefined) return;
  execve?.(execPath, [execPath, ...execArgv, ...argv.slice(1)], {
    ...env,
    MALLOC_MMAP_THRESHOLD_: String(THRESHOLD_BYTES),
  });
}
