import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { fakeApp } from './fake-service.ts';

const MULTIPART = 'multipart/form-data; boundary=b';
const JSON_TYPE = 'application/json';

/** Pieces that such a body is made of, so that chance gets past the first line of a parser. */
const pieces = fc.constantFrom(
  '--b',
  '--b--',
  '\r\n',
  '\n',
  'Content-Disposition: form-data; name="image"; filename="a"',
  'Content-Disposition: form-data; name="text"',
  'Content-Disposition: form-data',
  'Content-Type: image/png',
  '"',
  '\u0000',
  'x',
);

const body = fc.oneof(
  fc.record({ type: fc.constant(MULTIPART), text: fc.array(pieces).map((all) => all.join('')) }),
  fc.record({
    type: fc.constant(JSON_TYPE),
    text: fc
      .dictionary(
        fc.constantFrom('image', 'hypothesis', 'premise', 'text', 'text2', '__proto__', 'x'),
        fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom('Zm9v', 'data:;base64,Zm9v')),
      )
      .map((value) => JSON.stringify(value)),
  }),
  fc.record({ type: fc.constantFrom(MULTIPART, JSON_TYPE), text: fc.string() }),
);

test('POST /v1/entail gives any body a verdict or a problem that names what is wrong', async () => {
  const { send, log } = await fakeApp();
  const statuses = new Set<number>();
  await fc.assert(
    fc.asyncProperty(body, async ({ type, text }) => {
      const init = { method: 'POST', headers: { 'Content-Type': type }, body: text };
      const answer = await send('/v1/entail', init);
      statuses.add(answer.status);
      if (answer.status === 200) return;
      const { code, detail } = await answer.json();
      assert.ok(['bad_request', 'invalid_request'].includes(code), `${code}: ${detail}`);
      assert.match(detail, /^cannot .+: .+/);
    }),
    { numRuns: 1000 },
  );
  assert.deepEqual(
    log.filter(({ level }) => level === 'error'),
    [],
  );
  for (const status of [200, 400, 422]) assert.ok(statuses.has(status), `never ${status}`);
});
