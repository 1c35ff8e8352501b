import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { repositoryFolder } from '../../../scripts/lib/repository-folder.ts';
import { findPython } from '../../../scripts/train/find-python.ts';

/**
 * Runs a Python program of the repository to its end, with the training's modules on its path.
 *
 * @param args The program's path from the repository's folder, and its arguments.
 * @param input What it reads from standard input.
 * @returns Its standard output.
 */
export async function runPython(args: readonly string[], input = ''): Promise<string> {
  const child = spawn(await findPython(), args, {
    cwd: repositoryFolder,
    env: {
      ...process.env,
      PYTHONPATH: join(repositoryFolder, 'scripts/train'),
      PYTHONDONTWRITEBYTECODE: '1',
      OMP_WAIT_POLICY: 'passive',
    },
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  child.stdin.end(input);
  const [exitCode, stdout, stderr] = await Promise.all([
    ended,
    text(child.stdout),
    text(child.stderr),
  ]);
  if (exitCode !== 0) throw new Error(`${args[0]} ended with ${exitCode}: ${stderr}`);
  return stdout;
}
