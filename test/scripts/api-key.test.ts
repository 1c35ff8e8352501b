import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { findApiKey, readApiKeys } from '../../functions/http/access/api-keys.ts';
import { repositoryFolder } from '../../scripts/lib/repository-folder.ts';
import { runScript } from '../lib/run-script.ts';

const SCRIPT = join(repositoryFolder, 'scripts/api-key.ts');
const apiKey = (...args: string[]) => runScript([process.execPath, SCRIPT, ...args]);

test('api-key prints a key once, and the entry that the Worker knows it by', async () => {
  const { exitCode, stdout } = await apiKey('alice');
  assert.equal(exitCode, 0);
  const [key = assert.fail(stdout), ...more] = stdout.match(/ee_[\w-]+/g) ?? [];
  assert.equal(key.length, 46);
  assert.deepEqual(more, []);
  const [entry = assert.fail(stdout)] = stdout.match(/alice:\w+/) ?? [];
  assert.equal((await findApiKey(readApiKeys(entry), key))?.name, 'alice');
  assert.match(stdout, /^ {2}npx wrangler secret put API_KEYS < api-keys\.txt$/m);
  assert.notEqual((await apiKey('alice')).stdout, stdout);
});

test('api-key says what it needs', async () => {
  for (const [args, message] of [
    [[], /one name is needed\nusage: npm run api-key -- NAME/],
    [['a', 'b'], /one name is needed/],
    [['a:b'], /cannot name a key "a:b"/],
    [['x'.repeat(41)], /cannot name a key/],
    [['--x'], /Unknown option/],
  ] as const) {
    const { exitCode, stdout, stderr } = await apiKey(...args);
    assert.deepEqual([exitCode, stdout], [1, '']);
    assert.match(stderr, message);
  }
});
