import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { embedPicture, MAX_EMBEDDED_BYTES } from '../../../../scripts/eval/report/embed-picture.ts';

const fixture = (name: string) =>
  readFile(new URL(`../../../fixtures/images/${name}`, import.meta.url));

describe('embedPicture()', () => {
  it('keeps every byte of the file, and knows its type by them', async () => {
    for (const [name, type] of [
      ['rgb.png', 'png'],
      ['cmyk.jpg', 'jpeg'],
    ] as const) {
      const bytes = await fixture(name);
      const [head, base64 = ''] = embedPicture(bytes)?.split(',') ?? [];
      assert.equal(head, `data:image/${type};base64`);
      assert.deepEqual(Buffer.from(base64, 'base64'), bytes);
    }
  });

  it('leaves out what is larger than the limit, whatever it is', () => {
    assert.equal(embedPicture(new Uint8Array(MAX_EMBEDDED_BYTES + 1)), null);
  });

  it('refuses what browsers and models do not both read', () => {
    assert.throws(() => embedPicture(new TextEncoder().encode('<svg>')), {
      code: 'unsupported_media',
    });
  });
});
