import type { Codecs, DecodedPicture } from '../functions/image/codecs.ts';
import { EntailError } from '../functions/lib/entail-error.ts';
import type { CleanMemory, CodecMemory } from './codec-memory.ts';

/** What the module exports, as far as it is used; wasm-bindgen's build fixes these types. */
interface SquooshPng {
  readonly memory: WebAssembly.Memory;
  __wbindgen_malloc(bytes: number, alignment: number): number;
  decode(pointer: number, bytes: number): number;
  decode_rgba16(pointer: number, bytes: number): number;
  imagedatargba16_width(picture: number): number;
  imagedatargba16_height(picture: number): number;
  imagedatargba16_data(picture: number): number;
}

const PAGE_BYTES = 65_536;
/** The module's stack and data lie below. */
const FIRST_FREE_PAGE = 17;
/** Offsets of bit depth and colour type in a file that starts with signature and IHDR. */
const DEPTH_AT = 24;
const COLOUR_TYPE_AT = 25;

/**
 * Makes the PNG decoder: the Rust crate `png` as @jsquash/png builds it, a fresh instance in clean
 * memory for each picture. The package's own glue keeps one instance for ever, so this is a binding of our own.
 *
 * @param module `codecs/png.wasm`, compiled.
 */
export function createPngCodec(module: WebAssembly.Module, memory: CodecMemory): Codecs['png'] {
  return (bytes, use) =>
    memory.use(async (own) => use(pixelsOf(await instantiate(module, own.memory), own, bytes)));
}

function pixelsOf(
  { png, picture8, samples16 }: PngInstance,
  own: CleanMemory,
  bytes: Uint8Array,
): DecodedPicture {
  try {
    const input = png.__wbindgen_malloc(bytes.length, 1) >>> 0;
    new Uint8Array(png.memory.buffer).set(bytes, input);
    if (bytes[DEPTH_AT] !== 16 || bytes[COLOUR_TYPE_AT] !== 0) {
      png.decode(input, bytes.length);
      return picture8();
    }
    const picture = png.decode_rgba16(input, bytes.length);
    png.imagedatargba16_data(picture);
    return {
      rgba: samples16(),
      width: png.imagedatargba16_width(picture) >>> 0,
      height: png.imagedatargba16_height(picture) >>> 0,
    };
  } catch (cause) {
    if (own.lacked()) {
      throw new EntailError('overloaded', 'cannot decode the PNG: there is no memory left', {
        cause,
      });
    }
    throw new EntailError('image_corrupt', 'cannot decode the PNG: its data is damaged', {
      cause,
    });
  }
}

interface PngInstance {
  readonly png: SquooshPng;
  /** What `decode` made. */
  picture8(): DecodedPicture;
  /** What `imagedatargba16_data` made. */
  samples16(): Uint16Array;
}

/** One instance with the six imports of wasm-bindgen; JavaScript objects never enter it but as 0. */
async function instantiate(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
): Promise<PngInstance> {
  let picture: DecodedPicture | null = null;
  let samples: Uint16Array | null = null;
  const NO_OBJECT = 0;
  let pages = FIRST_FREE_PAGE;
  /** As `memory.grow`, but from where this instance has come, since the memory may be larger already. */
  function grow(more: number): number {
    const before = pages;
    const missing = before + more - memory.buffer.byteLength / PAGE_BYTES;
    try {
      if (missing > 0) memory.grow(missing);
    } catch {
      return -1;
    }
    pages += more;
    return before;
  }
  const imports = {
    edge: { memory },
    wbg: {
      __wbindgen_memory: () => NO_OBJECT,
      // `npm run build:codecs` has put this in the place of `memory.grow`; as an object it is asked for with 0 alone.
      __wbg_buffer_a448f833075b71ba: grow,
      __wbg_newwithbyteoffsetandlength_099217381c451830(
        _buffer: number,
        pointer: number,
        length: number,
      ) {
        samples = new Uint16Array(png.memory.buffer, pointer >>> 0, length >>> 0);
        return NO_OBJECT;
      },
      __wbindgen_object_drop_ref() {},
      __wbg_newwithownedu8clampedarrayandsh_91db5987993a08fb(
        pointer: number,
        length: number,
        width: number,
        height: number,
      ) {
        const rgba = new Uint8Array(png.memory.buffer, pointer >>> 0, length >>> 0);
        picture = { rgba, width: width >>> 0, height: height >>> 0 };
        return NO_OBJECT;
      },
      __wbindgen_throw(pointer: number, length: number) {
        const message = new Uint8Array(png.memory.buffer, pointer >>> 0, length >>> 0);
        throw new EntailError('image_corrupt', new TextDecoder().decode(message));
      },
    },
  };
  let png: SquooshPng;
  try {
    const instance = await WebAssembly.instantiate(module, imports);
    png = instance.exports as unknown as SquooshPng;
  } catch (cause) {
    throw new EntailError('overloaded', 'cannot start the PNG decoder', { cause });
  }
  return {
    png,
    picture8: () => given(picture),
    samples16: () => given(samples),
  };
}

function given<T>(value: T | null): T {
  if (value === null) throw new EntailError('image_corrupt', 'the decoder made nothing');
  return value;
}
