import assert from 'node:assert/strict';
import { test } from 'node:test';
import { multipartBoundary } from '../../../functions/http/multipart-boundary.ts';
import { throwsCode } from '../image/throws-code.ts';

test('multipartBoundary() reads it plain, quoted, and among other parameters', () => {
  for (const [header, boundary] of [
    ['multipart/form-data; boundary=x', 'x'],
    ['multipart/form-data;boundary="a b"', 'a b'],
    [
      'Multipart/Form-Data; charset=utf-8; Boundary=----WebKitFormBoundaryx7; a=b',
      '----WebKitFormBoundaryx7',
    ],
    ["multipart/form-data; boundary=0'()+_,-./:=?", "0'()+_,-./:=?"],
    [`multipart/form-data; boundary=${'z'.repeat(70)}`, 'z'.repeat(70)],
  ] as const) {
    assert.equal(multipartBoundary(header), boundary);
  }
});

test('multipartBoundary() refuses what RFC 2046 does not allow', () => {
  for (const header of [
    '',
    'multipart/form-data',
    'multipart/form-data; boundary=',
    'multipart/form-data; boundary=""',
    'multipart/form-data; boundary="a "',
    'multipart/form-data; boundary="a\\"b"',
    'multipart/form-data; boundary=ä',
    'multipart/form-data; xboundary=a',
    `multipart/form-data; boundary=${'z'.repeat(71)}`,
  ]) {
    throwsCode(() => multipartBoundary(header), 'bad_request');
  }
});
