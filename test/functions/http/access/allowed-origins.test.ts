import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readAllowedOrigins } from '../../../../functions/http/access/allowed-origins.ts';

describe('readAllowedOrigins()', () => {
  it('takes a star, or origins as browsers send them', () => {
    assert.equal(readAllowedOrigins(' * '), '*');
    assert.deepEqual(readAllowedOrigins('https://a.example, http://localhost:3000'), [
      'https://a.example',
      'http://localhost:3000',
    ]);
  });

  it('refuses what no browser would send', () => {
    for (const wrong of [
      '',
      'null',
      'a.example',
      'https://a.example/',
      'https://a.example:443',
      'https://A.example',
      'https://*.example',
      'https://user@a.example',
      'ftp://a.example',
      'file:///',
      '*, https://a.example',
      'https://a.example,',
      'https://a.example https://b.example',
      '["https://a.example"]',
    ]) {
      const expected = { code: 'internal', message: /ALLOWED_ORIGINS is malformed, ".*" is no/ };
      assert.throws(() => readAllowedOrigins(wrong), expected, wrong);
    }
  });
});
