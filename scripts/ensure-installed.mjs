// Runs before each npm script, under whatever Node the machine has (20 or later): installs the
// repository's packages, the newer Node among them, when they are missing or older than the lock file.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('..', import.meta.url));

/** npm writes its hidden lock file last, so an install that was broken off counts as missing. */
function isInstalled() {
  const lock = statSync(`${folder}package-lock.json`);
  const installed = statSync(`${folder}node_modules/.package-lock.json`, { throwIfNoEntry: false });
  return installed !== undefined && installed.mtimeMs >= lock.mtimeMs;
}

if (!isInstalled()) {
  console.error('Installing packages (npm ci) ...');
  const npm = process.env.npm_execpath;
  const [command, first] = npm?.endsWith('js') ? [process.execPath, [npm]] : ['npm', []];
  // Standard output belongs to the command that follows: `npm run entail -- --json` is piped.
  const args = [...first, 'ci', '--include=dev', '--loglevel=error', '--no-audit', '--no-fund'];
  const { status, error } = spawnSync(command, args, { cwd: folder, stdio: ['ignore', 2, 2] });
  if (status !== 0) {
    console.error(`error: npm ci failed: ${error?.message ?? `exit code ${status}`}`);
    process.exit(1);
  }
}
