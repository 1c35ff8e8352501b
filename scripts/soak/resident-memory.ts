import { readdir, readFile } from 'node:fs/promises';

/**
 * Memory of the workerd that this process started, as Linux counts it, MiB. It holds more than the isolate: workerd
 * itself, the local bucket and cache.
 *
 * @returns null where there is no such process or no /proc.
 */
export async function residentMemory(): Promise<{ now: number; peak: number } | null> {
  for (const name of await readdir('/proc').catch(() => [])) {
    if (!/^\d+$/.test(name)) continue;
    const status = await readFile(`/proc/${name}/status`, 'utf8').catch(() => '');
    if (!status.startsWith('Name:\tworkerd\n')) continue;
    if (field(status, 'PPid') !== process.pid) continue;
    return { now: field(status, 'VmRSS') / 1024, peak: field(status, 'VmHWM') / 1024 };
  }
  return null;
}

function field(status: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]);
}
