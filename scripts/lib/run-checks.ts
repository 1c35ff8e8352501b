import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { styleText } from 'node:util';
import { repositoryFolder } from './repository-folder.ts';
import type { TestCounts } from './test-counts.ts';

/** What can be checked without running anything; each command ends with 0 when all is well. */
const CHECKS: Readonly<Record<string, string>> = {
  'format and lint': 'biome check --error-on-warnings .',
  types: 'tsc -p .',
  'types of the client': 'tsc -p tsconfig.client.json --noEmit',
  'types of the page': 'tsc -p public',
  'import rules': 'depcruise functions client wasm public scripts test',
  'house rules': 'node scripts/check-exports.ts',
  'API description': 'node scripts/openapi.ts --check',
  'API description, linted': 'redocly lint public/openapi.json',
};

/** Checks ask nobody: Redocly would look for its next version. */
const QUIET = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };

/** Runs all checks at once and prints a line for each, and what a failed one had to say. */
export async function runChecks(): Promise<TestCounts> {
  const results = await Promise.all(
    Object.entries(CHECKS).map(async ([name, command]) => {
      const start = performance.now();
      const { ok, output } = await runCheck(command);
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      const stream = process.stdout;
      const mark = ok ? styleText('green', '✔', { stream }) : styleText('red', '✖', { stream });
      console.log(`${mark} ${name} (${seconds} s)`);
      if (!ok) console.log(`${output.trim()}\n`);
      return ok;
    }),
  );
  const passed = results.filter((ok) => ok).length;
  return { passed, failed: results.length - passed, skipped: 0 };
}

function runCheck(command: string): Promise<{ readonly ok: boolean; readonly output: string }> {
  const [program = '', ...args] = command.split(' ');
  const child = spawn(program, args, {
    cwd: repositoryFolder,
    env: {
      ...process.env,
      ...QUIET,
      PATH: `${join(repositoryFolder, 'node_modules/.bin')}${delimiter}${process.env.PATH}`,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const listen = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}
