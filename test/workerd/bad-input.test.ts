import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { MAX_BODY_BYTES, MAX_IMAGE_BYTES } from '../../functions/http/limits.ts';
import type { ErrorCode } from '../../functions/lib/entail-error.ts';
import { defaultModelFolder } from '../../scripts/lib/default-model-folder.ts';
import { startLocalWorker } from '../../scripts/lib/local-worker.ts';
import { makeFrame, makeJpeg, SCAN } from '../../scripts/lib/make-jpeg.ts';
import { makePng } from '../../scripts/lib/make-png.ts';
import { imageFixture } from '../functions/image/fixture.ts';
import { bundleOnce } from './bundle-once.ts';
import { expectProblem } from './expect-problem.ts';
import { expectVerdict } from './expect-verdict.ts';
import { postEntail } from './post-entail.ts';
import { postZeros } from './post-zeros.ts';
import { type EntailRequest, REQUEST_FORMS } from './request-forms.ts';

const GOOD = {
  image: imageFixture('baseline-420.jpg'),
  hypothesis: 'a man is walking',
  premise: 'two men',
};
const PNG = imageFixture('rgb.png');

const worker = await startLocalWorker({
  modelFolder: defaultModelFolder,
  bundleFolder: await bundleOnce(),
});
after(() => worker.dispose());

const good = await postEntail(worker.url, REQUEST_FORMS.multipart(GOOD));
expectVerdict(good);

/** The bytes as an image, in the raw form. */
function image(bytes: Uint8Array): EntailRequest {
  return REQUEST_FORMS.raw({ ...GOOD, image: bytes });
}

/** A hypothesis with a good image, in the JSON form. */
function hypothesis(text: string): EntailRequest {
  return REQUEST_FORMS.json({ ...GOOD, hypothesis: text });
}

function body(type: string, content: string | Uint8Array<ArrayBuffer>, query = ''): EntailRequest {
  return { query, init: { body: content, headers: { 'Content-Type': type } } };
}

function part(name: string, content: string): string {
  return `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${content}\r\n`;
}

function cut(bytes: Uint8Array, share: number): Uint8Array {
  return bytes.slice(0, Math.floor(bytes.length * share));
}

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));
}

const claim = { width: 30_000, height: 30_000 };
const hugePng = makePng({ ...claim, depth: 8, colourType: 2, rows: new Uint8Array(100) });
const emptyRows = { width: 8, height: 8, depth: 8, colourType: 2, rows: new Uint8Array(10) };
const json = 'application/json';
const form = 'multipart/form-data; boundary=x';

const HOSTILE: readonly (readonly [name: string, code: ErrorCode, sent: EntailRequest])[] = [
  ['a JPEG cut at half', 'image_truncated', image(cut(GOOD.image, 0.5))],
  ['a JPEG without its last byte', 'image_truncated', image(GOOD.image.slice(0, -1))],
  ['a progressive JPEG cut', 'image_truncated', image(cut(imageFixture('progressive.jpg'), 0.9))],
  ['a PNG cut at half', 'image_truncated', image(cut(PNG, 0.5))],
  ['a PNG without IEND', 'image_truncated', image(PNG.slice(0, -12))],
  ['a PNG with a flipped bit', 'image_corrupt', image(flipped(PNG, PNG.length >> 1))],
  ['a PNG of too few rows', 'image_corrupt', image(makePng(emptyRows))],
  ['a CMYK JPEG', 'unsupported_jpeg', image(imageFixture('cmyk.jpg'))],
  [
    'a JPEG of 12 bits',
    'unsupported_jpeg',
    image(makeJpeg(makeFrame(0xc1, { precision: 12 }), SCAN)),
  ],
  ['an arithmetic JPEG', 'unsupported_jpeg', image(makeJpeg(makeFrame(0xc9), SCAN))],
  ['a JPEG with nothing to decode by', 'image_corrupt', image(makeJpeg(makeFrame(0xc0), SCAN))],
  ['a GIF called JPEG', 'unsupported_media', body('image/jpeg', 'GIF89a\x01\0\x01\0', '?text=a')],
  ['text for an image', 'unsupported_media', image(new TextEncoder().encode('not an image'))],
  ['no image', 'invalid_request', image(new Uint8Array())],
  ['a PNG that claims 30,000 x 30,000', 'image_too_large', image(hugePng)],
  [
    'a JPEG that claims 30,000 x 30,000',
    'image_too_large',
    image(makeJpeg(makeFrame(0xc0, claim), SCAN)),
  ],
  ['JSON cut short', 'bad_request', body(json, '{"image": "')],
  ['JSON that is not UTF-8', 'bad_request', body(json, Uint8Array.of(0x22, 0xff, 0x22))],
  ['a JSON array', 'invalid_request', body(json, '[1]')],
  ['a number for a text', 'invalid_request', body(json, '{"image": "AAAA", "hypothesis": 1}')],
  ['bad base64', 'invalid_request', body(json, '{"image": "A*==", "hypothesis": "a"}')],
  [
    'an image by URL',
    'invalid_request',
    body(json, '{"image": "https://a.example/b.png", "text": "a"}'),
  ],
  ['multipart without a boundary', 'bad_request', body('multipart/form-data', 'x')],
  ['multipart that never ends', 'bad_request', body(form, part('text', 'a'))],
  [
    'multipart of 1,000 parts',
    'invalid_request',
    body(form, `${part('a', 'b').repeat(1000)}--x--\r\n`),
  ],
  [
    'an image that is a text field',
    'invalid_request',
    body(form, `${part('image', 'a')}--x--\r\n`),
  ],
  [
    'a hypothesis twice',
    'invalid_request',
    body('image/png', Uint8Array.from(PNG), '?text=a&text=b'),
  ],
  ['a form that is none', 'unsupported_media', body('application/x-www-form-urlencoded', 'text=a')],
  ['half of a surrogate pair', 'bad_text', hypothesis('a \ud83d dog')],
  ['a control character', 'bad_text', hypothesis('a \u0000 dog')],
  ['2,001 characters', 'invalid_request', hypothesis('a'.repeat(2_001))],
  ['2,001 characters beyond the plane', 'invalid_request', hypothesis('🐶'.repeat(2_001))],
  ['a hypothesis of nothing', 'invalid_request', hypothesis(' \n\t ')],
  [
    'a premise of 2,001 characters',
    'invalid_request',
    REQUEST_FORMS.json({ ...GOOD, premise: 'a'.repeat(2_001) }),
  ],
  ['an image too long', 'body_too_large', image(new Uint8Array(MAX_IMAGE_BYTES + 1))],
];

describe('bad input, all in one isolate', () => {
  for (const [name, code, sent] of HOSTILE) {
    it(`${name} gives ${code}, and the next user is answered as before`, async () => {
      expectProblem(await postEntail(worker.url, sent), code);
      assert.equal((await postEntail(worker.url, REQUEST_FORMS.multipart(GOOD))).text, good.text);
    });
  }

  it('takes 2,000 characters, counted as code points', async () => {
    for (const text of ['a'.repeat(2_000), '🐶'.repeat(2_000)]) {
      expectVerdict(await postEntail(worker.url, hypothesis(text)));
    }
  });

  it('too many bytes without Content-Length give body_too_large', async () => {
    const headers = { 'Transfer-Encoding': 'chunked' };
    expectProblem(await postZeros(worker.url, headers, MAX_BODY_BYTES + 1), 'body_too_large');
    assert.equal((await postEntail(worker.url, REQUEST_FORMS.raw(GOOD))).text, good.text);
  });

  it('a Content-Length beyond the cap is refused before the body is sent', async () => {
    for (const length of [MAX_BODY_BYTES + 1, 999_999_999_999]) {
      const headers = { 'Content-Length': String(length) };
      expectProblem(await postZeros(worker.url, headers, 0), 'body_too_large');
    }
    assert.equal((await postEntail(worker.url, REQUEST_FORMS.raw(GOOD))).text, good.text);
  });

  it('a hundred broken pictures in a row leave the codecs as they were', async () => {
    const broken = [cut(PNG, 0.7), imageFixture('cmyk.jpg'), makeJpeg(makeFrame(0xc0), SCAN)];
    const corrupt = image(makePng(emptyRows));
    for (let i = 0; i < 100; i++) {
      const sent = [corrupt, ...broken.map(image)][i % 4] ?? corrupt;
      assert.notEqual((await postEntail(worker.url, sent)).status, 200);
    }
    assert.equal((await postEntail(worker.url, REQUEST_FORMS.multipart(GOOD))).text, good.text);
  });
});
