import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { drawnPicture, drawnPixels } from '../../scripts/bench/drawn-picture.ts';
import { createJpegEncoder } from '../../scripts/bench/jpeg-encoder.ts';
import { type CodecMemory, createCodecMemory } from '../../wasm/codec-memory.ts';
import { createJpegCodec } from '../../wasm/jpeg-codec.ts';
import { createPngCodec } from '../../wasm/png-codec.ts';
import { imageFixture } from '../functions/image/fixture.ts';
import { compileCodec, copying } from '../lib/codecs.ts';

const modules = { jpeg: await compileCodec('jpeg'), png: await compileCodec('png') };
const encode = await createJpegEncoder();

/** Both codecs in one memory, and all memories that they were given. */
function setUp() {
  const given = new Set<WebAssembly.Memory>();
  const memory = createCodecMemory();
  const watched: CodecMemory = {
    use: (work) =>
      memory.use((own) => {
        given.add(own.memory);
        return work(own);
      }),
  };
  return {
    given,
    jpeg: copying(createJpegCodec(modules.jpeg, watched)),
    png: copying(createPngCodec(modules.png, watched)),
  };
}

describe('createCodecMemory()', () => {
  it('gives zeros, whatever was left there', async () => {
    const memory = createCodecMemory();
    for (let i = 0; i < 2; i++) {
      await memory.use(async (own) => {
        const bytes = new Uint8Array(own.memory.buffer);
        assert.ok(bytes.every((byte) => byte === 0));
        bytes.fill(255);
      });
    }
  });

  it('gives two at a time memories of their own, and one after a failure the old one', async () => {
    const memory = createCodecMemory();
    const first = await memory.use(async (one) => {
      await memory.use(async (other) => assert.notEqual(other.memory, one.memory));
      return one.memory;
    });
    await assert.rejects(memory.use(async () => assert.fail()));
    await memory.use(async (own) => assert.equal(own.memory, first));
  });

  it('tells of growth that was refused, and forgets it for the next picture', async () => {
    const memory = createCodecMemory();
    await memory.use(async (own) => {
      own.memory.grow(1);
      assert.equal(own.lacked(), false);
      assert.throws(() => own.memory.grow(65_536), RangeError);
      assert.equal(own.lacked(), true);
    });
    await memory.use(async (own) => assert.equal(own.lacked(), false));
  });

  it('is all that pictures of any kind take, one after another, and as large as the largest needs', async () => {
    const { given, jpeg, png } = setUp();
    const large = {
      jpeg: encode(drawnPixels(2400, 1800), 2400, 1800),
      png: drawnPicture(1500, 1200),
    };
    const small = { jpeg: imageFixture('progressive.jpg'), png: imageFixture('rgb.png') };
    const broken = { jpeg: imageFixture('cmyk.jpg').slice(0, 3000), png: small.png.slice(0, 200) };
    const expected = { jpeg: await setUp().jpeg(small.jpeg), png: await setUp().png(small.png) };
    const sizes = [];
    for (let round = 0; round < 5; round++) {
      await jpeg(large.jpeg);
      await png(large.png);
      await assert.rejects(jpeg(broken.jpeg));
      await assert.rejects(png(broken.png));
      assert.deepEqual(await jpeg(small.jpeg), expected.jpeg);
      assert.deepEqual(await png(small.png), expected.png);
      sizes.push([...given].map(({ buffer }) => buffer.byteLength));
    }
    assert.equal(given.size, 1);
    assert.deepEqual(sizes, Array(5).fill(sizes[0]));
  });
});
