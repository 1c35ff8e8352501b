import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compileKernels } from './lib/compile-kernels.ts';
import { repositoryFolder } from './lib/repository-folder.ts';
import { runCommand } from './lib/run-command.ts';

await runCommand(async () => {
  const module = await compileKernels();
  const sha256 = createHash('sha256').update(module).digest('hex');
  const path = join(repositoryFolder, 'wasm/kernels/vision.wasm');
  await writeFile(path, module);
  await writeFile(`${path}.sha256`, `${sha256}  vision.wasm\n`);
  console.log(`wasm/kernels/vision.wasm: ${module.length} bytes, SHA-256 ${sha256}`);
});
