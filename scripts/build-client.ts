import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repositoryFolder } from './lib/repository-folder.ts';
import { runCommand } from './lib/run-command.ts';

/** Compiles `client/` to `dist/client/`: what `npm pack` ships. */
await runCommand(async () => {
  // What was deleted from client/ must not be shipped for ever.
  await rm(join(repositoryFolder, 'dist/client'), { recursive: true, force: true });
  const tsc = join(repositoryFolder, 'node_modules/typescript/bin/tsc');
  const args = [tsc, '-p', join(repositoryFolder, 'tsconfig.client.json')];
  await promisify(execFile)(process.execPath, args).catch((error: { readonly stdout: string }) => {
    throw new Error(`cannot compile the client: ${error.stdout}`);
  });
});
