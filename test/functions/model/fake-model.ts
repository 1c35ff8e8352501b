import { createHash } from 'node:crypto';
import type { ByLabel, Engine, ImageTokens } from '../../../functions/model/engine.ts';
import type { Manifest, ModelFile, ModelFiles } from '../../../functions/model/manifest.ts';
import { serialiseManifest } from '../../../functions/model/serialise-manifest.ts';
import type { ShardStore } from '../../../functions/model/shard-store.ts';

/** Logits of the fake engine, chosen apart so that the label is plain. */
export const FAKE_LOGITS: ByLabel = { entailment: 0.5, neutral: -1, contradiction: 2 };

/** Byte-level tokens alone, no merges: 4 control tokens and 256 bytes. */
const ROWS = 260;

/** The smallest tokenizer table: see `model-shards/README.md`. */
export function tokenizerTable(): Uint8Array {
  const table = new Uint8Array(16 + 512);
  const view = new DataView(table.buffer);
  [0x45504245, 1, ROWS, 0].forEach((value, i) => {
    view.setUint32(4 * i, value, true);
  });
  for (let byte = 0; byte < 256; byte += 1) view.setUint16(16 + 2 * byte, 4 + byte, true);
  return table;
}

/** A model that fits in a test: some bytes for weights, shards of at most `shardBytes`. */
export function fakeModel(shardBytes = 1000): {
  readonly manifest: Manifest;
  readonly blobs: Map<string, Uint8Array>;
} {
  const blobs = new Map<string, Uint8Array>();
  function file(bytes: Uint8Array): ModelFile {
    const shards = [];
    for (let at = 0; at < bytes.length; at += shardBytes) {
      const shard = bytes.slice(at, at + shardBytes);
      const sha256 = createHash('sha256').update(shard).digest('hex');
      blobs.set(`${sha256}.bin`, shard);
      shards.push({ sha256, bytes: shard.length });
    }
    return { bytes: bytes.length, shards };
  }
  const filler = (length: number, seed: number) =>
    Uint8Array.from({ length }, (_, i) => (i * 31 + seed * 7 + (i >> 8)) % 251);
  const files: ModelFiles<ModelFile> = {
    'vision.onnx': file(filler(300, 1)),
    'vision.weights': file(filler(9500, 2)),
    'judge.onnx': file(filler(200, 3)),
    'judge.weights': file(filler(4000, 4)),
    embeddings: file(filler(ROWS * 8 * 4, 5)),
    tokenizer: file(tokenizerTable()),
  };
  const manifest: Manifest = {
    name: 'fake',
    dtype: 'fp32',
    image: { side: 32, mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
    text: { rows: ROWS, maxSourceLength: 80, promptType: 'prev_output', prompt: null },
    shape: { patches: 4, width: 8, blocks: [1, 1, 1] },
    files,
    heapBytes: null,
    selfTest: {
      encoder: [0, 5, 2],
      decoder: [0, 5],
      logits: { onnxruntime: FAKE_LOGITS },
      tolerance: 0.001,
    },
  };
  blobs.set('manifest.json', serialiseManifest(manifest));
  return { manifest, blobs };
}

/** A store over a map; `log` collects the keys in the order they were asked for. */
export function mapStore(blobs: ReadonlyMap<string, Uint8Array>, log: string[] = []): ShardStore {
  return {
    async get(key) {
      log.push(key);
      const bytes = blobs.get(key);
      return bytes === undefined ? null : { size: bytes.length, body: inChunks(bytes, 700) };
    },
  };
}

/** A stream of some bytes in pieces. */
export function inChunks(bytes: Uint8Array, chunkBytes: number): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, at + chunkBytes));
      at += chunkBytes;
    },
  });
}

/** An engine without a model: it counts what it handed out and has not got back. */
export function fakeEngine(logits: ByLabel = FAKE_LOGITS): Engine & {
  readonly held: { tokens: number; engines: number; asked: number };
} {
  const held = { tokens: 0, engines: 1, asked: 0 };
  function giveTokens(): ImageTokens {
    held.tokens += 1;
    return {
      patches: 4,
      width: 8,
      toArray: () => new Float32Array(32),
      release() {
        held.tokens -= 1;
      },
    };
  }
  const handOut = async () => giveTokens();
  return {
    held,
    vision: 'onnxruntime',
    encodeImage: handOut,
    encodeTestImage: handOut,
    async explain() {
      held.asked += 1;
      return { logits, attention: Float32Array.of(0.1, 0.2, 0.3, 1 / 3) };
    },
    restoreImage: handOut,
    async judge() {
      held.asked += 1;
      return logits;
    },
    heapBytes: () => 0,
    release() {
      held.engines -= 1;
    },
  };
}
