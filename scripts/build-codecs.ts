import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codecModules } from './lib/codec-modules.ts';
import { repositoryFolder } from './lib/repository-folder.ts';
import { runCommand } from './lib/run-command.ts';

await runCommand(async () => {
  for (const [format, module] of Object.entries(await codecModules())) {
    await writeFile(join(repositoryFolder, `wasm/codecs/${format}.wasm`), module);
    console.log(`wasm/codecs/${format}.wasm: ${module.length} bytes`);
  }
});
