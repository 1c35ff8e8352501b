import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { checkPort } from '../../scripts/lib/check-port.ts';
import { defaultModelFolder } from '../../scripts/lib/default-model-folder.ts';
import { readModelFolder } from '../../scripts/lib/model-folder.ts';
import { repositoryFolder } from '../../scripts/lib/repository-folder.ts';
import { runScript } from '../lib/run-script.ts';
import { temporaryFolder } from '../lib/temporary-folder.ts';

const SCRIPT = join(repositoryFolder, 'scripts/start.ts');

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : assert.fail();
}

const start = (...args: string[]) => runScript([process.execPath, SCRIPT, ...args]);

test('start prints one line when ready, answers whom API_KEYS lets, and Ctrl-C ends it and frees the port', async () => {
  const port = await freePort();
  const temporary = temporaryFolder();
  const child = spawn(process.execPath, [SCRIPT, '--port', String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, TMPDIR: temporary, API_KEYS: '0'.repeat(64) },
  });
  const lines: string[] = [];
  const output = createInterface({ input: child.stdout });
  output.on('line', (line) => lines.push(line));
  const ended = once(child, 'exit');
  await Promise.race([once(output, 'line'), ended]);
  assert.match(
    lines.join('\n'),
    new RegExp(`^ready: http://127\\.0\\.0\\.1:${port} .*drawn-scenes`),
  );
  for (const [path, expected] of [
    ['/readyz', 200],
    ['/v1/model', 401],
  ] as const) {
    const { status } = await fetch(`http://127.0.0.1:${port}${path}`);
    assert.equal(status, expected);
  }
  child.kill('SIGINT');
  const byInterrupt = 130;
  assert.deepEqual(await ended, [byInterrupt, null]);
  assert.equal(lines.length, 1);
  await checkPort(port);
  const left = readdirSync(temporary).filter((name) => name.startsWith('edge-entail'));
  assert.deepEqual(left, []);
});

test('start says that the port is taken', async (t) => {
  const server = createServer().listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : assert.fail();
  const { exitCode, stderr } = await start('--port', String(port));
  assert.equal(exitCode, 1);
  assert.match(stderr, new RegExp(`cannot listen on 127\\.0\\.0\\.1:${port}: another program`));
});

test('start says that a folder has no model', async () => {
  const { exitCode, stderr } = await start('--model', temporaryFolder());
  assert.equal(exitCode, 1);
  assert.match(stderr, /cannot find a model in .*: it has no manifest\.json/);
});

test('start refuses what is no port', async () => {
  for (const port of ['0', '65536', 'x', '1e3']) {
    const { exitCode, stderr } = await start('--port', port);
    assert.equal(exitCode, 1);
    assert.match(stderr, new RegExp(`cannot use port ${port}:`));
  }
});

test('start says why the model does not become ready, and ends', async () => {
  const folder = temporaryFolder();
  cpSync(defaultModelFolder, folder, { recursive: true });
  // Not just any: vision's graph is not read where the kernels run.
  const { manifest } = await readModelFolder(folder);
  const broken = `${manifest.files['judge.weights'].shards[0]?.sha256}.bin`;
  const bytes = readFileSync(join(folder, broken));
  bytes.writeUInt8(bytes.readUInt8(0) ^ 1, 0);
  writeFileSync(join(folder, broken), bytes);
  const port = await freePort();
  const { exitCode, stdout, stderr } = await start('--model', folder, '--port', String(port));
  assert.equal(exitCode, 1);
  assert.equal(stdout, '');
  assert.match(stderr, /error: the endpoint did not become ready: .*\(model_integrity\)/);
  await checkPort(port);
});
