import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main as compile } from 'assemblyscript/asc';
import { repositoryFolder } from './repository-folder.ts';

/** What the compiler is told: the memory is onnxruntime-web's own, shared and growing, 256 pages when it starts. */
const OPTIONS = [
  '-O3',
  '--runtime=stub',
  '--noAssert',
  '--use=abort=',
  '--importMemory',
  '--sharedMemory',
  '--initialMemory=256',
  '--maximumMemory=65536',
  '--enable=threads,simd,relaxed-simd',
];

/**
 * Compiles `wasm/kernels/vision.ts`; the same source and compiler give the same bytes.
 *
 * @throws {Error} The compiler's own messages.
 */
export async function compileKernels(): Promise<Uint8Array<ArrayBuffer>> {
  const folder = await mkdtemp(join(tmpdir(), 'edge-entail-kernels-'));
  try {
    const out = join(folder, 'vision.wasm');
    const source = join(repositoryFolder, 'wasm/kernels/vision.ts');
    const { error, stderr } = await compile([source, `--outFile=${out}`, ...OPTIONS]);
    if (error !== null) throw new Error(`cannot compile the kernels: ${stderr.toString()}`);
    return Uint8Array.from(await readFile(out));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
