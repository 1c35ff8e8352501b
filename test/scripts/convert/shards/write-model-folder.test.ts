import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import {
  type Manifest,
  type ModelFileName,
  parseManifest,
} from '../../../../functions/model/manifest.ts';
import { type AuthoredModel, authorModel } from '../../../../scripts/convert/author-model.ts';
import { batchNormRanges } from '../../../../scripts/convert/quantise/batch-norm-ranges.ts';
import { writeModelFolder } from '../../../../scripts/convert/shards/write-model-folder.ts';
import { syntheticSource } from '../../../lib/synthetic-source.ts';

const MAX_SHARD_BYTES = 8 * 1024 * 1024;
/** The promise of the project for full-size OFA-tiny in int8: megabytes of 10^6 bytes. */
const MAX_INT8_BYTES = 34_000_000;
/** What the published vocabulary compiles to: 528 bytes and 6 for each of 50,000 merges. */
const TOKENIZER_BYTES = 528 + 6 * 50_000;

const root = await mkdtemp(join(tmpdir(), 'edge-entail-'));
after(() => rm(root, { recursive: true }));

const IDENTITY = {
  name: 'a model',
  heapBytes: null,
  selfTest: {
    encoder: [0, 100, 2],
    decoder: [0, 100],
    logits: { onnxruntime: { entailment: 0.125, neutral: -1.5, contradiction: 3 } },
    tolerance: 0.001,
  },
};

function tokenizer(bytes: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: bytes }, (_, i) => (i * 31 + (i >> 8)) % 251);
}

function microModel(): AuthoredModel {
  return authorModel({ ...syntheticSource('micro'), tokenizer: tokenizer(900) }, { dtype: 'fp32' });
}

async function contents(folder: string): Promise<Map<string, Uint8Array>> {
  const names = (await readdir(folder)).toSorted();
  const files = names.map(async (name) => [name, await readFile(join(folder, name))] as const);
  return new Map(await Promise.all(files));
}

const COMMON: readonly ModelFileName[] = [
  'vision.onnx',
  'vision.weights',
  'judge.onnx',
  'judge.weights',
  'embeddings',
  'tokenizer',
];

/** Every shard named by its hash and small enough, all bytes there in order, nothing else in the folder. */
function check(model: AuthoredModel, manifest: Manifest, stored: Map<string, Uint8Array>): void {
  const used = new Set(['manifest.json']);
  const names: readonly ModelFileName[] =
    model.dtype === 'int8' ? [...COMMON, 'vision.kernels'] : COMMON;
  assert.deepEqual(Object.keys(manifest.files), names);
  for (const name of names) {
    const { bytes = -1, shards = [] } = manifest.files[name] ?? {};
    const expected = model.files[name] ?? new Uint8Array();
    const whole = createHash('sha256');
    let length = 0;
    for (const [index, shard] of shards.entries()) {
      const content = stored.get(`${shard.sha256}.bin`);
      assert.ok(content !== undefined, name);
      assert.equal(content.byteLength, shard.bytes, name);
      assert.equal(createHash('sha256').update(content).digest('hex'), shard.sha256, name);
      const last = index === shards.length - 1;
      assert.ok(last ? shard.bytes <= MAX_SHARD_BYTES : shard.bytes === MAX_SHARD_BYTES, name);
      whole.update(content);
      length += content.byteLength;
      used.add(`${shard.sha256}.bin`);
    }
    assert.equal(bytes, expected.byteLength, name);
    assert.equal(length, bytes, name);
    assert.equal(whole.digest('hex'), createHash('sha256').update(expected).digest('hex'), name);
  }
  assert.deepEqual([...stored.keys()].toSorted(), [...used].toSorted());
}

describe('writeModelFolder()', () => {
  it('writes shards of at most 8 MiB, named by hash, that join to the files', async () => {
    const folder = join(root, 'made', 'on the way');
    const model = microModel();
    // 13.9 MB of vision weights: two shards.
    const manifest = await writeModelFolder(folder, model, IDENTITY);
    assert.equal(manifest.files['vision.weights'].shards.length, 2);
    check(model, manifest, await contents(folder));
  });

  it('writes a manifest that parseManifest() reads back', async () => {
    const folder = join(root, 'parsed');
    const model = microModel();
    const manifest = await writeModelFolder(folder, model, IDENTITY);
    const parsed = parseManifest(await readFile(join(folder, 'manifest.json')));
    assert.deepEqual(parsed, manifest);
    assert.deepEqual(parsed.selfTest, IDENTITY.selfTest);
    assert.equal(parsed.name, 'a model');
    const { dtype, image, shape, text } = model;
    assert.deepEqual({ ...parsed, dtype, image, shape, text }, parsed);
  });

  it('writes what int8 has more, and it is refused when it does not fit the plan of vision', async () => {
    const source = { ...syntheticSource('micro'), tokenizer: tokenizer(900) };
    const ranges = batchNormRanges(source.config.resnetBlocks, source.weights);
    const folder = join(root, 'int8');
    const { onnxruntime } = IDENTITY.selfTest.logits;
    const logits = { onnxruntime, kernels: onnxruntime };
    const selfTest = { ...IDENTITY.selfTest, logits };
    const identity = { ...IDENTITY, heapBytes: 60_000_000, selfTest };
    const model = authorModel(source, { dtype: 'int8', ranges });
    const manifest = await writeModelFolder(folder, model, identity);
    const path = join(folder, 'manifest.json');
    check(model, manifest, await contents(folder));
    const text = await readFile(path, 'utf8');
    assert.deepEqual(parseManifest(new TextEncoder().encode(text)), manifest);
    const refused = (json: string, message: RegExp) =>
      assert.throws(() => parseManifest(new TextEncoder().encode(json)), {
        code: 'model_integrity',
        message,
      });
    const json = JSON.parse(text);
    const shape = { ...json.shape, blocks: [2, 2, 3] };
    refused(JSON.stringify({ ...json, shape }), /bytes of vision.kernels/);
    const { heap_bytes: _heap, ...unmeasured } = json;
    // What is too large for an isolate is not measured.
    const parsed = parseManifest(new TextEncoder().encode(JSON.stringify(unmeasured)));
    assert.deepEqual(parsed, { ...manifest, heapBytes: null });
    const { 'vision.kernels': _, ...files } = json.files;
    refused(JSON.stringify({ ...json, files }), /number of files vision.kernels is 0, expected 1/);
  });

  it('writes the same bytes again, into a folder that is there already too', async () => {
    const [one, other] = [join(root, 'one'), join(root, 'other')];
    await writeModelFolder(one, microModel(), IDENTITY);
    await writeModelFolder(other, microModel(), IDENTITY);
    const first = await contents(one);
    assert.deepEqual(await contents(other), first);
    await writeModelFolder(one, microModel(), IDENTITY);
    assert.deepEqual(await contents(one), first);
  });

  it('cuts at exactly 8 MiB: one shard up to there, two beyond', async () => {
    for (const [bytes, expected] of [
      [MAX_SHARD_BYTES, [MAX_SHARD_BYTES]],
      [MAX_SHARD_BYTES + 1, [MAX_SHARD_BYTES, 1]],
    ] as const) {
      const model = { ...microModel() };
      const files = { ...model.files, tokenizer: new Uint8Array(bytes) };
      const folder = join(root, `cut-${bytes}`);
      const manifest = await writeModelFolder(folder, { ...model, files }, IDENTITY);
      const found = manifest.files.tokenizer.shards.map((shard) => shard.bytes);
      assert.deepEqual(found, expected);
    }
  });

  it('keeps full-size OFA-tiny in int8 within 34 MB, manifest included', async () => {
    const source = { ...syntheticSource('full'), tokenizer: tokenizer(TOKENIZER_BYTES) };
    const ranges = batchNormRanges(source.config.resnetBlocks, source.weights);
    const model = authorModel(source, { dtype: 'int8', ranges });
    const folder = join(root, 'full');
    const manifest = await writeModelFolder(folder, model, IDENTITY);
    const stored = await contents(folder);
    check(model, manifest, stored);
    const total = [...stored.values()].reduce((sum, bytes) => sum + bytes.byteLength, 0);
    assert.ok(total <= MAX_INT8_BYTES, `${total} bytes`);
    // Half of that could not hold the weights: what was counted is the model.
    assert.ok(total > MAX_INT8_BYTES / 2, `${total} bytes`);
  });
});
