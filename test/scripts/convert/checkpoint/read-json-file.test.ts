import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { readJsonFile } from '../../../../scripts/convert/checkpoint/read-json-file.ts';
import { ConvertError } from '../../../../scripts/convert/convert-error.ts';
import { temporaryFolder } from './temporary-checkpoint.ts';

function refusal(message: RegExp): (error: unknown) => boolean {
  return (error) => error instanceof ConvertError && message.test(error.message);
}

test('readJsonFile() reads JSON of up to 1 MiB', async (t) => {
  const path = join(await temporaryFolder(t), 'a.json');
  await writeFile(path, `{"é": [1, null]}${' '.repeat(2 ** 20 - 17)}`);
  assert.deepEqual(await readJsonFile(path), { é: [1, null] });
});

test('readJsonFile() refuses a longer file, no JSON, and no file', async (t) => {
  const path = join(await temporaryFolder(t), 'a.json');
  await assert.rejects(readJsonFile(path), refusal(/cannot find .*a\.json: .* holds a\.json/));
  await writeFile(path, ' '.repeat(2 ** 20 + 1));
  await assert.rejects(readJsonFile(path), refusal(/1048577 bytes, at most 1048576/));
  await writeFile(path, '{"a": NaN}');
  await assert.rejects(readJsonFile(path), refusal(/a\.json: it is no JSON/));
});
