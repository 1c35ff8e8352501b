import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import fc from 'fast-check';
import { EntailError } from '../../../functions/lib/entail-error.ts';
import { type Manifest, parseManifest } from '../../../functions/model/manifest.ts';
import { serialiseManifest } from '../../../functions/model/serialise-manifest.ts';
import { FAKE_LOGITS, fakeModel } from './fake-model.ts';

const { manifest } = fakeModel();
const text = new TextDecoder().decode(serialiseManifest(manifest));

/** The manifest with the value at a path (`files/embeddings/bytes`) replaced; undefined leaves it out. */
function edited(path: string, value: unknown): Uint8Array {
  const wanted = path.split('/');
  function copy(node: unknown, keys: readonly string[]): unknown {
    const [key, ...rest] = keys;
    if (key === undefined) return value;
    if (Array.isArray(node)) return node.with(Number(key), copy(node[Number(key)], rest));
    assert.ok(typeof node === 'object' && node !== null, `nothing at ${path}`);
    const entries = new Map(Object.entries(node));
    return Object.fromEntries(entries.set(key, copy(entries.get(key), rest)));
  }
  return new TextEncoder().encode(JSON.stringify(copy(JSON.parse(text), wanted)));
}

function refuses(bytes: Uint8Array, message: RegExp): void {
  assert.throws(() => parseManifest(bytes), {
    name: 'EntailError',
    code: 'model_integrity',
    message,
  });
}

test('parseManifest() reads what serialiseManifest() wrote', () => {
  assert.deepEqual(parseManifest(serialiseManifest(manifest)), manifest);
});

test('parseManifest() reads what the format page calls a manifest, but for its example numbers', () => {
  const page = readFileSync(new URL('../../../model-shards/README.md', import.meta.url), 'utf8');
  const example = page.match(/```json\n([\s\S]*?)```/)?.[1] ?? '';
  const keys = (value: unknown): unknown =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, keys(inner)]))
      : null;
  const written = JSON.parse(text);
  const described = JSON.parse(example);
  // Only int8 models have these.
  delete described.heap_bytes;
  delete described.files['vision.kernels'];
  delete described.self_test.logits.kernels;
  assert.deepEqual(keys(written), keys(described));
  // Its files have shards of no real length, which is refused as such and not as an unknown shape.
  refuses(new TextEncoder().encode(example), /shards|sha256/);
});

test('parseManifest() names the version found and the one supported', () => {
  refuses(edited('version', 1), /version 1, supported is 4/);
  refuses(edited('version', undefined), /version none, supported is 4/);
});

test('parseManifest() names the format found and the one supported', () => {
  refuses(edited('format', 'gguf'), /format "gguf", supported is "edge-entail-model"/);
});

test('parseManifest() refuses more than 64 KiB unread', () => {
  refuses(new Uint8Array(64 * 1024 + 1), /65537 bytes, at most 65536/);
});

test('parseManifest() refuses what is not UTF-8 JSON', () => {
  refuses(new Uint8Array([0x7b, 0xff, 0x7d]), /not UTF-8 JSON/);
  refuses(new TextEncoder().encode('{'), /not UTF-8 JSON/);
  refuses(new TextEncoder().encode('[]'), /format none/);
  refuses(new TextEncoder().encode('null'), /not a JSON object/);
});

test('parseManifest() refuses a file that is missing', () => {
  for (const name of Object.keys(manifest.files)) {
    refuses(edited(`files/${name}`, undefined), new RegExp(`files.${name}`));
  }
});

test('parseManifest() refuses every count above its cap, naming where and the cap', () => {
  const shard = { sha256: 'a'.repeat(64), bytes: 8 * 1024 * 1024 };
  for (const [path, value, limit] of [
    ['files/embeddings/shards/0/bytes', 8388609, 8388608],
    ['files/embeddings/shards', Array(257).fill(shard), 256],
    ['files/tokenizer/bytes', 2147483649, 2147483648],
    ['image/side', 1025, 1024],
    ['shape/width', 2049, 2048],
    ['shape/patches', 4097, 4096],
    ['shape/blocks/2', 37, 36],
    ['text/rows', 65537, 65536],
    ['text/max_source_length', 1025, 1024],
    ['text/prompt', 'x'.repeat(1025), 1024],
    ['name', 'x'.repeat(129), 128],
    ['self_test/encoder', Array(1027).fill(0), 1026],
    ['self_test/decoder', Array(1027).fill(0), 1026],
    ['self_test/tolerance', 1.5, 1],
  ] as const) {
    const where = path.replaceAll('/', '.');
    refuses(edited(path, value), new RegExp(`${where} is too big, at most ${limit}$`));
  }
});

test('parseManifest() refuses numbers that contradict each other', () => {
  for (const [path, value, message] of [
    ['files/judge.onnx/bytes', 201, /bytes of the shards of judge.onnx is 200, expected 201/],
    ['shape/patches', 9, /shape.patches is 9, expected 4/],
    ['dtype', 'int8', /bytes of embeddings is 8320, expected 3120/],
    ['self_test/decoder', [0, 260], /token 260 of 260/],
    ['files/vision.kernels', manifest.files.tokenizer, /files vision.kernels is 1, expected 0/],
    ['heap_bytes', 1000, /number of heap_bytes is 1, expected 0/],
    ['self_test/logits/kernels', FAKE_LOGITS, /logits of kernels is 1, expected 0/],
  ] as const) {
    refuses(edited(path, value), message);
  }
});

test('parseManifest() refuses values of the wrong kind', () => {
  for (const [path, value] of [
    ['dtype', 'int4'],
    ['files/embeddings/shards/0/sha256', 'A'.repeat(64)],
    ['files/embeddings/shards/0/bytes', 0],
    ['files/embeddings/shards/0/bytes', 1.5],
    ['image/std', [0.5, 0, 0.5]],
    ['image/mean', [0.5, 0.5]],
    ['text/prompt_type', 'SRC'],
    ['self_test/logits/onnxruntime/neutral', null],
    ['self_test/encoder', []],
    ['self_test/tolerance', 0],
  ] as const) {
    refuses(edited(path, value), new RegExp(path.replaceAll('/', '.')));
  }
});

test('parseManifest() gives a manifest or a model_integrity, whatever the bytes', () => {
  const paths = [
    'name',
    'dtype',
    'image/side',
    'text/prompt',
    'shape',
    'files/tokenizer',
    'self_test',
  ];
  const mutated = fc
    .record({ path: fc.constantFrom(...paths), value: fc.jsonValue({ maxDepth: 3 }) })
    .map(({ path, value }) => edited(path, value));
  const cut = fc.record({ at: fc.nat(text.length), byte: fc.nat(255) }).map(({ at, byte }) => {
    const bytes = new TextEncoder().encode(text);
    bytes[at] = byte;
    return bytes;
  });
  let read = 0;
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array(), mutated, cut), (bytes) => {
      let manifestRead: Manifest;
      try {
        manifestRead = parseManifest(bytes);
      } catch (error) {
        assert.ok(error instanceof EntailError && error.code === 'model_integrity');
        return;
      }
      read += 1;
      assert.equal(Object.keys(manifestRead.files).length, 6);
    }),
    { numRuns: 500 },
  );
  assert.ok(read > 0, 'some single-byte changes leave a manifest, or the property is hollow');
});
