import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { repositoryFolder } from '../../scripts/lib/repository-folder.ts';

/** What a finished program left behind. */
export interface ScriptRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program to its end, by default from the repository's folder and without colours.
 *
 * @param command The program and its arguments.
 * @param options Where it runs, and what is added to its environment.
 */
export async function runScript(
  [program = '', ...args]: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<ScriptRun> {
  const child = spawn(program, args, {
    cwd: options.cwd ?? repositoryFolder,
    // Without NODE_TEST_CONTEXT a program that itself runs tests does not take itself for one of them.
    env: { ...process.env, NODE_TEST_CONTEXT: undefined, FORCE_COLOR: undefined, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const [exitCode, stdout, stderr] = await Promise.all([
    ended,
    text(child.stdout),
    text(child.stderr),
  ]);
  return { exitCode, stdout, stderr };
}
