import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callerAddress } from '../../../../functions/http/access/caller-address.ts';

test('callerAddress() is the IPv4 address, the first half of an IPv6 address, or nothing', () => {
  for (const [sent, expected] of [
    ['203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::6', '2001:db8:1:2'],
    ['2001:db8::6', '2001:db8:0:0'],
    ['2001:db8:0:0:9::', '2001:db8:0:0'],
    ['2001:db8::', '2001:db8:0:0'],
  ] as const) {
    assert.equal(callerAddress(new Headers({ 'CF-Connecting-IP': sent })), expected, sent);
  }
  assert.equal(callerAddress(new Headers()), '');
});
