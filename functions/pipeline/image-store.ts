import { sha256Hex } from '../lib/sha256-hex.ts';
import type { KeepAlive } from '../model/model-loader.ts';

/** An image after the first stage, as it is kept outside the isolate. */
export interface StoredImage {
  readonly format: 'jpeg' | 'png';
  /** Pixels, after the EXIF orientation. */
  readonly width: number;
  readonly height: number;
  /** Image tokens, `[patches, width]`. */
  readonly tokens: Float32Array;
}

/** Keeps images that other isolates, or this one, have seen. It may forget any of them at any time. */
export interface ImageStore {
  /** @param key What the tokens depend on: the model, what runs vision, the file. */
  get(key: string): Promise<StoredImage | null>;
  /** Keeps an image, some time after the call. */
  put(key: string, image: StoredImage): void;
}

/** The part of the platform's Cache that is used. */
export interface ResponseCache {
  match(url: string): Promise<Response | undefined>;
  put(url: string, response: Response): Promise<void>;
}

/** No host of this name exists: entries are found by it alone, in this zone's cache. */
const ORIGIN = 'https://images.edge-entail.invalid/';
/** To be raised when the way from a file to its tokens changes other than with the model. */
const VERSION = 1;
const HASH_CHARACTERS = 64;
const LENGTH_BYTES = 4;
/** A header is some 200 bytes. */
const MAX_HEADER_BYTES = 1024;

/**
 * Keeps images in the platform's cache. An entry carries its own key and a hash of all of itself, so that a broken one,
 * or another's, is never taken for what was asked for; and a cache that fails is one that has nothing.
 *
 * @param keepAlive Lets work go on when its request has been answered.
 */
export function createImageStore(cache: ResponseCache, keepAlive: KeepAlive): ImageStore {
  async function keep(key: string, image: StoredImage): Promise<void> {
    const headers = { 'Cache-Control': 'public, max-age=604800, immutable' };
    await cache.put(urlOf(key), new Response(await pack(key, image), { headers }));
  }
  const urlOf = (key: string) => `${ORIGIN}${VERSION}/${key}`;
  return {
    async get(key) {
      try {
        const response = await cache.match(urlOf(key));
        if (response === undefined) return null;
        return await unpack(key, new Uint8Array(await response.arrayBuffer()));
      } catch {
        return null;
      }
    },
    put: (key, image) => keepAlive(keep(key, image).catch(() => {})),
  };
}

/** Hash of the rest in hex, length of the header, header as JSON, tokens in little-endian. */
async function pack(
  key: string,
  { tokens, ...about }: StoredImage,
): Promise<Uint8Array<ArrayBuffer>> {
  const header = new TextEncoder().encode(JSON.stringify({ key, ...about }));
  const bytes = new Uint8Array(HASH_CHARACTERS + LENGTH_BYTES + header.length + tokens.byteLength);
  new DataView(bytes.buffer).setUint32(HASH_CHARACTERS, header.length, true);
  bytes.set(header, HASH_CHARACTERS + LENGTH_BYTES);
  const values = new Uint8Array(tokens.buffer, tokens.byteOffset, tokens.byteLength);
  bytes.set(values, HASH_CHARACTERS + LENGTH_BYTES + header.length);
  const hash = await sha256Hex(bytes.subarray(HASH_CHARACTERS));
  bytes.set(new TextEncoder().encode(hash));
  return bytes;
}

async function unpack(key: string, bytes: Uint8Array<ArrayBuffer>): Promise<StoredImage | null> {
  const body = bytes.subarray(HASH_CHARACTERS);
  const hash = new TextDecoder().decode(bytes.subarray(0, HASH_CHARACTERS));
  if (body.length < LENGTH_BYTES || (await sha256Hex(body)) !== hash) return null;
  const length = new DataView(bytes.buffer, bytes.byteOffset + HASH_CHARACTERS).getUint32(0, true);
  if (length > MAX_HEADER_BYTES) return null;
  const begin = LENGTH_BYTES + length;
  const header = JSON.parse(new TextDecoder().decode(body.subarray(LENGTH_BYTES, begin)));
  const values = body.slice(begin);
  if (header.key !== key) return null;
  const { format, width, height } = header;
  return { format, width, height, tokens: new Float32Array(values.buffer) };
}
