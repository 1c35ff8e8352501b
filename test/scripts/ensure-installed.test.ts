import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { repositoryFolder } from '../../scripts/lib/repository-folder.ts';
import { runScript } from '../lib/run-script.ts';
import { temporaryFolder } from '../lib/temporary-folder.ts';

const LOCK_TIME_S = 1_700_000_000;

/** A checkout whose lock file is of a known age, and an npm that only says what it was asked. */
function checkout(installedAt: number | null, npmExitCode = 0): { folder: string; npm: string } {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'scripts'));
  const script = 'scripts/ensure-installed.mjs';
  copyFileSync(join(repositoryFolder, script), join(folder, script));
  writeFileSync(join(folder, 'package-lock.json'), '{}');
  utimesSync(join(folder, 'package-lock.json'), LOCK_TIME_S, LOCK_TIME_S);
  if (installedAt !== null) {
    mkdirSync(join(folder, 'node_modules'));
    writeFileSync(join(folder, 'node_modules/.package-lock.json'), '{}');
    utimesSync(join(folder, 'node_modules/.package-lock.json'), installedAt, installedAt);
  }
  const npm = join(folder, 'npm-cli.js');
  writeFileSync(
    npm,
    `console.log('npm', process.argv.slice(2).join(' ')); process.exit(${npmExitCode});`,
  );
  return { folder, npm };
}

async function ensureInstalled({ folder, npm }: { folder: string; npm: string }) {
  const command = [process.execPath, join(folder, 'scripts/ensure-installed.mjs')];
  return runScript(command, { cwd: folder, env: { npm_execpath: npm } });
}

test('ensure-installed installs when nothing is installed, and leaves standard output alone', async () => {
  const { exitCode, stdout, stderr } = await ensureInstalled(checkout(null));
  assert.equal(exitCode, 0);
  assert.equal(stdout, '');
  assert.match(stderr, /^npm ci --include=dev/m);
});

test('ensure-installed installs when the lock file is newer', async () => {
  const { stderr } = await ensureInstalled(checkout(LOCK_TIME_S - 1));
  assert.match(stderr, /^npm ci/m);
});

test('ensure-installed is silent when all is there', async () => {
  const run = await ensureInstalled(checkout(LOCK_TIME_S + 1));
  assert.deepEqual(run, { exitCode: 0, stdout: '', stderr: '' });
});

test('ensure-installed fails, and says so, when npm fails', async () => {
  const { exitCode, stderr } = await ensureInstalled(checkout(null, 3));
  assert.equal(exitCode, 1);
  assert.match(stderr, /npm ci failed: exit code 3/);
});

test('each script that package.json names is preceded by the install', async () => {
  const { default: manifest } = await import('../../package.json', { with: { type: 'json' } });
  const scripts = new Map<string, string>(Object.entries(manifest.scripts));
  const commands = [...scripts.keys()].filter((name) => !name.startsWith('pre'));
  assert.ok(commands.length >= 9, commands.join());
  for (const name of commands) {
    assert.equal(scripts.get(`pre${name}`), 'node scripts/ensure-installed.mjs', name);
  }
});
