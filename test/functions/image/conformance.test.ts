import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { prepareImage } from '../../../functions/image/prepare-image.ts';
import { readHeader } from '../../../functions/image/read-header.ts';
import { EntailError, type ErrorCode } from '../../../functions/lib/entail-error.ts';
import { copying, nodeCodecs } from '../../lib/codecs.ts';
import {
  ANSWERED,
  agreesWithPillow,
  CONFORMANCE_FILES,
  conformanceFile,
  REFUSED,
  SKIP_CONFORMANCE,
  toRgb,
} from '../../lib/conformance.ts';
import { imageFixture } from './fixture.ts';

const codecs = await nodeCodecs();

async function codeOf(run: Promise<unknown>): Promise<ErrorCode | null> {
  try {
    await run;
    return null;
  } catch (error) {
    assert.ok(error instanceof EntailError, String(error));
    return error.code;
  }
}

for (const entry of CONFORMANCE_FILES) {
  const { file, pillow } = entry;
  const refusal = REFUSED[file];
  if (!pillow.ok || refusal) {
    test(`prepareImage() refuses ${file} cleanly`, async () => {
      const code = await codeOf(prepareImage(conformanceFile(file), 96, codecs));
      if (refusal) assert.equal(code, refusal);
      else assert.equal(code === null, ANSWERED.includes(file), `${code}`);
    });
  } else {
    test(`prepareImage() sees in ${file} what Pillow sees`, async () => {
      const { picture, format, orientation } = readHeader(conformanceFile(file));
      assert.equal(orientation, pillow.orientation ?? 1);
      const decoded = await copying(codecs[format])(picture);
      assert.ok(agreesWithPillow(decoded, entry));
      if (format === 'png') {
        const hash = createHash('sha256')
          .update(await codecs.png(picture, toRgb))
          .digest('hex');
        assert.equal(hash, pillow.rgb_sha256);
      }
    });
  }
}

test('prepareImage() gives good images the same bytes whatever came before', {
  skip: SKIP_CONFORMANCE,
}, async () => {
  const good = ['exif-orientation-6.jpg', 'palette.png'].map(imageFixture);
  const prepare = () => Promise.all(good.map((bytes) => prepareImage(bytes, 96, codecs)));
  const expected = await prepare();
  assert.equal(CONFORMANCE_FILES.length, 180);
  for (const { file } of CONFORMANCE_FILES) {
    await codeOf(prepareImage(conformanceFile(file), 96, codecs));
    assert.deepEqual(await prepare(), expected, file);
  }
});
