import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import type { RuntimeFile } from '../../public/engine/runtime-files.ts';
import { repositoryFolder } from './repository-folder.ts';

const RUNTIME = 'node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded';
const GLUE = 'engine/onnxruntime.mjs';
const SOURCES: Readonly<Record<RuntimeFile, string>> = {
  'onnxruntime.wasm': `${RUNTIME}.wasm`,
  'vision.wasm': 'wasm/kernels/vision.wasm',
  'jpeg.wasm': 'wasm/codecs/jpeg.wasm',
  'png.wasm': 'wasm/codecs/png.wasm',
};

/** What the engine in the browser needs beside its bundle. */
export interface EngineFiles {
  /** By their place in `dist/public`. */
  readonly files: [string, Uint8Array][];
  /** How many bytes each runtime file has, for the bundle's `RUNTIME_FILE_BYTES`. */
  readonly bytes: Record<string, number>;
}

/** Reads the compiled modules, and the runtime's glue. */
export async function readEngineFiles(): Promise<EngineFiles> {
  const files: [string, Uint8Array][] = [
    [GLUE, await readFile(join(repositoryFolder, `${RUNTIME}.mjs`))],
  ];
  const bytes: Record<string, number> = {};
  for (const [name, source] of Object.entries(SOURCES)) {
    const content = await readFile(join(repositoryFolder, source));
    files.push([`engine/${name}`, content]);
    bytes[name] = content.length;
  }
  return { files, bytes };
}

/**
 * Keeps the runtime's glue out of the bundle: it starts its threads from the file that it is in, and they must find
 * nothing else there.
 */
export const glueApart: Plugin = {
  name: 'glue-apart',
  setup({ onResolve }) {
    onResolve({ filter: /^onnxruntime-web\// }, () => ({ path: `/${GLUE}`, external: true }));
  },
};
