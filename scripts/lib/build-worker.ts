import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runWrangler } from './run-wrangler.ts';
import { readWorkerConfig, type WorkerConfig } from './worker-config.ts';

/** The Worker as it would be uploaded. */
export interface WorkerBundle {
  /** The entry first, then the compiled modules it imports; absolute paths in `folder`. */
  readonly modules: readonly {
    readonly type: 'ESModule' | 'CompiledWasm';
    readonly path: string;
  }[];
  readonly folder: string;
  /** All modules together, uncompressed. */
  readonly bytes: number;
  readonly config: WorkerConfig;
}

const CONFIG_FILE = 'worker-config.json';

/**
 * Bundles the Worker the way `wrangler deploy` does, without uploading it.
 *
 * @param folder Where the bundle goes, a new folder: whatever module lies there becomes a part of it.
 * @param entry Another entry than the Worker's own, called `index.ts`; the benchmark has one.
 * @throws {Error} The bundle cannot be made; the message is wrangler's.
 */
export async function buildWorker(folder: string, entry?: string): Promise<WorkerBundle> {
  const script = entry === undefined ? [] : [entry];
  const [run, config] = await Promise.all([
    runWrangler(['deploy', ...script, '--dry-run', '--outdir', folder]),
    readWorkerConfig(),
  ]);
  if (run.exitCode !== 0) throw new Error(`cannot bundle the Worker: ${run.output.trim()}`);
  await writeFile(join(folder, CONFIG_FILE), JSON.stringify(config));
  return readBundle(folder);
}

/**
 * Reads a bundle that {@linkcode buildWorker} made, perhaps in another process.
 *
 * @throws {Error} There is none in the folder.
 */
export async function readBundle(folder: string): Promise<WorkerBundle> {
  const config = JSON.parse(await readFile(join(folder, CONFIG_FILE), 'utf8'));
  const names = (await readdir(folder)).sort();
  const modules = [
    { type: 'ESModule', path: join(folder, 'index.js') } as const,
    ...names
      .filter((name) => name.endsWith('.wasm'))
      .map((name) => ({ type: 'CompiledWasm', path: join(folder, name) }) as const),
  ];
  const sizes = await Promise.all(modules.map(async ({ path }) => (await stat(path)).size));
  return { folder, modules, bytes: sizes.reduce((sum, size) => sum + size, 0), config };
}
