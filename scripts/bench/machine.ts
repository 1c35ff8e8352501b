import { readFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { repositoryFolder } from '../lib/repository-folder.ts';

/** Where and with what a benchmark ran. */
export interface Machine {
  /** YYYY-MM-DD. */
  readonly date: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGib: number;
  readonly versions: Readonly<Record<string, string>>;
}

const PACKAGES = ['workerd', 'miniflare', 'onnxruntime-web', '@jsquash/jpeg', '@jsquash/png'];

/** Describes this machine. */
export async function describeMachine(): Promise<Machine> {
  const versions: Record<string, string> = { node: process.versions.node };
  for (const name of PACKAGES) {
    const path = join(repositoryFolder, 'node_modules', name, 'package.json');
    versions[name] = JSON.parse(await readFile(path, 'utf8')).version;
  }
  const [cpu] = cpus();
  return {
    date: new Date().toISOString().slice(0, 10),
    cpu: cpu?.model ?? 'unknown',
    cores: cpus().length,
    memoryGib: Math.round(totalmem() / 1024 ** 3),
    versions,
  };
}
