import assert from 'node:assert/strict';
import test from 'node:test';
import { decodeImageText } from '../../../functions/http/decode-image-text.ts';

test('decodeImageText() reads base64 and data: URLs of any media type', () => {
  for (const text of [
    'Zm9v',
    'data:image/png;base64,Zm9v',
    'data:;base64,Zm9v',
    'DATA:image/jpeg;name=a;BASE64,Zm9v',
  ]) {
    assert.equal(Buffer.from(decodeImageText(text)).toString(), 'foo', text);
  }
});

test('decodeImageText() says what else it was given', () => {
  for (const [value, message] of [
    ['https://example.org/a.png', /not fetched from the web/],
    ['data:image/png,abc', /not one with base64/],
    ['data:image/png;base64', /not one with base64/],
    ['data:image/svg+xml;utf8,<svg/>', /not one with base64/],
    ['photo.png', /not base64/],
  ] as const) {
    assert.throws(() => decodeImageText(value), { code: 'invalid_request', message });
  }
});
