import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { encodeForm, MAX_IMAGE_BYTES } from '../../client/encode-form.ts';

async function parse({ body, contentType }: ReturnType<typeof encodeForm>) {
  const headers = { 'Content-Type': contentType };
  return [...(await new Response(body, { headers }).formData())];
}

describe('encodeForm()', () => {
  it('writes what a form parser reads back to the letter', async () => {
    const texts = [
      ['hypothesis', 'two\nlines\r\nand "quotes" -- 鳥 🐦'],
      ['hypothesis', ''],
      ['premise', '--boundary\r\n'],
    ] as const;
    const image = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const fields = await parse(encodeForm(image, texts));
    assert.deepEqual(fields.slice(0, 3), texts);
    const [name, file] = fields[3] ?? assert.fail();
    assert.equal(name, 'image');
    assert.ok(file instanceof File);
    assert.deepEqual(new Uint8Array(await file.arrayBuffer()), image);
  });

  it('takes a part of a buffer as that part', async () => {
    const part = new Uint8Array([1, 2, 3, 4]).subarray(1, 3);
    const [[, file] = assert.fail()] = await parse(encodeForm(part, []));
    assert.ok(file instanceof File);
    assert.deepEqual(new Uint8Array(await file.arrayBuffer()), Uint8Array.of(2, 3));
  });

  it('refuses what the endpoint would hang up on', () => {
    encodeForm(new Blob([new Uint8Array(MAX_IMAGE_BYTES)]), []);
    assert.throws(() => encodeForm(new Blob([new Uint8Array(MAX_IMAGE_BYTES + 1)]), []), {
      code: 'body_too_large',
      message: 'cannot send the image: 10485761 bytes, at most 10485760',
      retryable: false,
      status: null,
    });
  });

  it('refuses what is no file, for callers without types', () => {
    const path: unknown = 'photo.jpg';
    assert.throws(() => Reflect.apply(encodeForm, null, [path, []]), {
      name: 'TypeError',
      message: /^cannot send the image: it must be a Blob/,
    });
  });
});
