import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { decodeBase64 } from '../../../functions/http/decode-base64.ts';

function decoded(text: string): string | null {
  const bytes = decodeBase64(text, 0);
  return bytes === null ? null : Buffer.from(bytes).toString('latin1');
}

test('decodeBase64() gives the test vectors of RFC 4648, section 10', () => {
  for (const [plain, text] of [
    ['', ''],
    ['f', 'Zg=='],
    ['fo', 'Zm8='],
    ['foo', 'Zm9v'],
    ['foob', 'Zm9vYg=='],
    ['fooba', 'Zm9vYmE='],
    ['foobar', 'Zm9vYmFy'],
  ] as const) {
    assert.equal(decoded(text), plain);
    assert.equal(decoded(text.replaceAll('=', '')), plain);
  }
});

test('decodeBase64() reads back what was encoded, broken into lines or not', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const text = Buffer.from(bytes).toString('base64');
      assert.deepEqual(decodeBase64(text, 0), bytes);
      assert.deepEqual(decodeBase64(text.replace(/.{20}/g, '$&\r\n'), 0), bytes);
      assert.deepEqual(decodeBase64(`data:,${text}`, 6), bytes);
    }),
  );
});

test('decodeBase64() agrees with atob() on what is base64', () => {
  const text = fc.string({ unit: fc.constantFrom(...'AQgw/+9= \n-_é'), maxLength: 9 });
  fc.assert(
    fc.property(text, (candidate) => {
      const ours = decoded(candidate);
      let theirs: string | null;
      try {
        theirs = atob(candidate);
      } catch {
        theirs = null;
      }
      // atob() lets stray bits under the padding pass; ours may refuse, never differ.
      if (ours !== null) assert.equal(ours, theirs);
      else if (theirs !== null) assert.notEqual(btoa(theirs), candidate.replace(/\s/g, ''));
    }),
    { numRuns: 2000 },
  );
});

test('decodeBase64() refuses what is not base64', () => {
  for (const text of ['A', 'AB=', 'AB===', 'A=BC', 'AB==AB==', '=', 'A-B_', 'é', 'AAAA=', 'AB']) {
    assert.equal(decoded(text), null, text);
  }
});
