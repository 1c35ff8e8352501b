import { readdir, readFile } from 'node:fs/promises';

/** The process of workerd. It holds more than the isolate: workerd itself, the local bucket and cache. */
export interface WorkerProcess {
  /** Resident memory now and at most, MiB. */
  readonly resident: { readonly now: number; readonly peak: number };
  /** CPU time so far. */
  readonly cpuSeconds: number;
}

/** USER_HZ, the same on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;
/** Of `/proc/N/stat` behind the name: state is the first, utime and stime the twelfth and thirteenth. */
const UTIME_AT = 11;

/**
 * Finds the workerd that this process started, as Linux shows it.
 *
 * @returns null where there is no such process or no /proc.
 */
export async function readWorkerProcess(): Promise<WorkerProcess | null> {
  for (const name of await readdir('/proc').catch(() => [])) {
    if (!/^\d+$/.test(name)) continue;
    const status = await readFile(`/proc/${name}/status`, 'utf8').catch(() => '');
    if (!status.startsWith('Name:\tworkerd\n')) continue;
    if (field(status, 'PPid') !== process.pid) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'utf8');
    const numbers = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = Number(numbers[UTIME_AT]) + Number(numbers[UTIME_AT + 1]);
    return {
      resident: { now: field(status, 'VmRSS') / 1024, peak: field(status, 'VmHWM') / 1024 },
      cpuSeconds: ticks / TICKS_PER_SECOND,
    };
  }
  return null;
}

function field(status: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]);
}
