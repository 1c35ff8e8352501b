import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { parseSettings } from '../../../../scripts/convert/checkpoint/parse-settings.ts';
import { ConvertError } from '../../../../scripts/convert/convert-error.ts';

const SCHEMA = z.object({ outer: z.object({ count: z.int().max(5), name: z.string() }) });

test('parseSettings() returns what fits, without unknown settings', () => {
  const settings = parseSettings('a.json', SCHEMA, {
    outer: { count: 3, name: 'n', more: 1 },
    x: 2,
  });
  assert.deepEqual(settings, { outer: { count: 3, name: 'n' } });
});

test('parseSettings() names the file, each setting, and what was found', () => {
  assert.throws(
    () => parseSettings('a.json', SCHEMA, { outer: { count: 9 } }),
    (error: unknown) => {
      assert.ok(error instanceof ConvertError);
      assert.match(
        error.message,
        /^cannot use a\.json: outer\.count: .*5, found 9; outer\.name: .*found absent$/,
      );
      return true;
    },
  );
});

test('parseSettings() shortens what was found and escapes it', () => {
  assert.throws(
    () => parseSettings('a.json', z.object({ n: z.int() }), { n: `\x1b${'a'.repeat(500)}` }),
    (error: unknown) =>
      error instanceof ConvertError &&
      error.message.length < 250 &&
      error.message.includes('"\\u001ba'),
  );
});

test('parseSettings() says so when the whole content does not fit', () => {
  assert.throws(() => parseSettings('a.json', SCHEMA, null), /a\.json: content: .*found null/);
});
