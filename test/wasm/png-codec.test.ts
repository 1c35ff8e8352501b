import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { PNG } from 'pngjs';
import { join, makeChunk, makeIhdr, makePng, SIGNATURE } from '../../scripts/lib/make-png.ts';
import { createCodecMemory } from '../../wasm/codec-memory.ts';
import { createPngCodec } from '../../wasm/png-codec.ts';
import { imageFixture } from '../functions/image/fixture.ts';
import { rejectsCode } from '../functions/image/throws-code.ts';
import { compileCodec, copying } from '../lib/codecs.ts';

const module = await compileCodec('png');
const memory = createCodecMemory();
const decode = copying(createPngCodec(module, memory));
const GREY16 = { width: 2, height: 1, depth: 16, colourType: 0 } as const;

test('createPngCodec() is bound to just this build of the module', () => {
  // Another version of @jsquash/png fails here, not in a request.
  assert.deepEqual(
    WebAssembly.Module.imports(module).map(({ module, name }) => `${module}.${name}`),
    [
      'wbg.__wbindgen_memory',
      'wbg.__wbg_buffer_a448f833075b71ba',
      'wbg.__wbg_newwithbyteoffsetandlength_099217381c451830',
      'wbg.__wbindgen_object_drop_ref',
      'wbg.__wbg_newwithownedu8clampedarrayandsh_91db5987993a08fb',
      'wbg.__wbindgen_throw',
      'edge.memory',
    ],
  );
  assert.deepEqual(
    WebAssembly.Module.exports(module).map(({ name }) => name),
    [
      'memory',
      '__wbg_imagedatargba16_free',
      'imagedatargba16_width',
      'imagedatargba16_height',
      'imagedatargba16_data',
      'encode',
      'decode',
      'decode_rgba16',
      '__wbindgen_free',
      '__wbindgen_add_to_stack_pointer',
      '__wbindgen_malloc',
    ],
  );
});

for (const name of [
  'rgb.png',
  'rgba.png',
  'grey.png',
  'grey-alpha.png',
  'palette.png',
  'bilevel.png',
]) {
  test(`createPngCodec() decodes ${name} as another decoder does`, async () => {
    const { data, width, height } = PNG.sync.read(Buffer.from(imageFixture(name)));
    const picture = await decode(imageFixture(name));
    assert.deepEqual(picture, { rgba: new Uint8Array(data), width, height });
  });
}

test('createPngCodec() gives all 16 bits of a grey picture, and of no other', async () => {
  const rows = Uint8Array.of(0, 0x01, 0x02, 0xff, 0xfe);
  const { rgba, width, height } = await decode(makePng({ ...GREY16, rows }));
  assert.ok(rgba instanceof Uint16Array);
  assert.deepEqual([width, height], [2, 1]);
  assert.deepEqual([...rgba], [0x102, 0x102, 0x102, 0xffff, 0xfffe, 0xfffe, 0xfffe, 0xffff]);

  const greyAlpha = { ...GREY16, colourType: 4, rows: Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8) };
  const high = await decode(makePng(greyAlpha));
  assert.ok(high.rgba instanceof Uint8Array);
  assert.deepEqual([...high.rgba], [1, 1, 1, 3, 5, 5, 5, 7]);
});

test('createPngCodec() maps damage', async () => {
  const ihdr = makeIhdr({ ...GREY16, depth: 8 });
  const file = (data: Uint8Array) =>
    join([SIGNATURE, ihdr, makeChunk('IDAT', data), makeChunk('IEND')]);
  await rejectsCode(decode(new Uint8Array(0)), 'image_corrupt');
  await rejectsCode(decode(file(new Uint8Array(0))), 'image_corrupt');
  await rejectsCode(decode(file(Uint8Array.of(1, 2, 3, 4, 5, 6))), 'image_corrupt');
  await rejectsCode(decode(file(deflateSync(Uint8Array.of(0, 1)))), 'image_corrupt');
  await rejectsCode(decode(file(deflateSync(Uint8Array.of(9, 1, 2)))), 'image_corrupt');
});

test('createPngCodec() calls a decoder that does not start overloaded', async () => {
  const bytes = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 2, 7, 1, 1, 120, 1, 120, 0, 0];
  const other = await WebAssembly.compile(Uint8Array.from(bytes));
  await rejectsCode(copying(createPngCodec(other, memory))(imageFixture('grey.png')), 'overloaded');
});

test('createPngCodec() decodes a good file to the same bytes after 200 failures', async () => {
  const good = imageFixture('rgba.png');
  const expected = await decode(good);
  for (let failures = 0; failures < 200; failures++) {
    await assert.rejects(decode(good.subarray(0, 40 + failures * 100)), { name: 'EntailError' });
  }
  assert.deepEqual(await decode(good), expected);
});
