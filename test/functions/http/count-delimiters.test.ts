import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { countDelimiters } from '../../../functions/http/count-delimiters.ts';

const count = (text: string, most = 100) =>
  countDelimiters(new TextEncoder().encode(text), 'b', most);

test('countDelimiters() counts lines that begin like a delimiter, and no other', () => {
  assert.equal(count(''), 0);
  assert.equal(count('--b'), 1);
  assert.equal(count('--b\r\n\r\n--b\n--b--\r\n'), 3);
  assert.equal(count(' --b\r\n--a\r\n-b --b'), 0);
  assert.equal(count('\n'.repeat(5)), 0);
  assert.equal(count('--b\n'.repeat(500)), 100);
});

test('countDelimiters() finds no fewer than the parser makes parts of', async () => {
  const piece = fc.constantFrom(
    '--b',
    '\r\n',
    '\n',
    'x',
    'Content-Disposition: form-data; name="a"',
    '--',
  );
  const part = '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n';
  const body = fc.array(fc.oneof(piece, fc.constant(`${part}v\r\n`)), { maxLength: 30 });
  let parsed = 0;
  await fc.assert(
    fc.asyncProperty(body, async (pieces) => {
      const text = `${pieces.join('')}--b--\r\n`;
      const headers = { 'Content-Type': 'multipart/form-data; boundary="b"' };
      const form = await new Response(text, { headers }).formData().catch(() => null);
      if (form === null) return;
      parsed += 1;
      assert.ok(count(text) >= [...form].length);
    }),
    { numRuns: 1000 },
  );
  assert.ok(parsed > 50, `${parsed}`);
});

test('countDelimiters() takes time in proportion to the body', () => {
  const boundary = '-'.repeat(70);
  const begin = performance.now();
  for (const text of ['\n', '-', `\n${'-'.repeat(71)}`]) {
    countDelimiters(new TextEncoder().encode(text.repeat(14_000_000 / text.length)), boundary, 49);
  }
  assert.ok(performance.now() - begin < 10_000);
});
