import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { createEngine } from '../../../functions/model/create-engine.ts';
import {
  type Manifest,
  type ModelFileName,
  parseManifest,
} from '../../../functions/model/manifest.ts';
import { runSelfTest } from '../../../functions/model/self-test.ts';
import { selfTestPixels } from '../../../functions/model/self-test-pixels.ts';
import { encodeQuestion } from '../../../functions/text/encode-question.ts';
import { createTokenizer } from '../../../functions/text/tokenizer.ts';
import { authorModel } from '../../../scripts/convert/author-model.ts';
import { openCheckpoint } from '../../../scripts/convert/checkpoint/open-checkpoint.ts';
import { stateDictLayout } from '../../../scripts/convert/checkpoint/state-dict-layout.ts';
import { type Conversion, convertModel } from '../../../scripts/convert/convert-model.ts';
import { compileTokenizer } from '../../../scripts/convert/tokenizer/compile-tokenizer.ts';
import { smallVocabulary } from '../../../scripts/synthetic/small-vocabulary.ts';
import { syntheticStateDict } from '../../../scripts/synthetic/state-dict.ts';
import { SYNTHETIC_SHAPES } from '../../../scripts/synthetic/synthetic-shapes.ts';
import { syntheticTensor } from '../../../scripts/synthetic/synthetic-tensor.ts';
import { writeCheckpoint } from '../../../scripts/synthetic/write-checkpoint.ts';
import { countingRuntime } from '../../functions/model/counting-runtime.ts';
import { nodeRuntime } from '../../lib/node-runtime.ts';
import { readGraph } from '../../lib/read-graph.ts';

const config = { ...SYNTHETIC_SHAPES.micro, vocabSize: 2000 };
const runtimes: ReturnType<typeof countingRuntime>[] = [];

async function createRuntime() {
  const runtime = countingRuntime(await nodeRuntime());
  runtimes.push(runtime);
  return runtime;
}

const root = await mkdtemp(join(tmpdir(), 'edge-entail-'));
after(() => rm(root, { recursive: true }));
await writeCheckpoint(join(root, 'checkpoint'), { config, tensors: syntheticStateDict(config) });

/** Converts into a folder of its own; a new name, a new folder. */
async function convert(
  name: string,
  how: Pick<Conversion, 'dtype' | 'pictures' | 'choice' | 'kept'>,
  from = 'checkpoint',
) {
  const checkpoint = await openCheckpoint(join(root, from));
  const progress: [string, number, number][] = [];
  try {
    const report = await convertModel({
      ...how,
      checkpoint,
      name,
      out: join(root, name),
      createRuntime,
      onProgress: (...step) => progress.push(step),
    });
    const written = parseManifest(await readFile(join(root, name, 'manifest.json')));
    return { ...report, written, progress };
  } finally {
    await checkpoint.close();
  }
}

async function readModelFile(
  folder: string,
  manifest: Manifest,
  name: ModelFileName,
): Promise<Uint8Array<ArrayBuffer>> {
  const shards = manifest.files[name]?.shards ?? [];
  const parts = shards.map(({ sha256 }) => readFile(join(root, folder, `${sha256}.bin`)));
  return Uint8Array.from(Buffer.concat(await Promise.all(parts)));
}

const fp32 = await convert('plain', { dtype: 'fp32', pictures: null });
const int8 = await convert('quantised', { dtype: 'int8', pictures: null });

for (const [folder, { manifest, written, progress }] of Object.entries({
  plain: fp32,
  quantised: int8,
})) {
  describe(`convertModel() ${manifest.dtype}`, () => {
    it('writes a folder whose model passes its own self-test', async () => {
      assert.deepEqual(written, manifest);
      const engine = await createEngine(await createRuntime(), written, (name) =>
        readModelFile(folder, written, name),
      );
      await runSelfTest(engine, written);
      const wrong = { ...written.selfTest, tolerance: 1e-9, decoder: [0] };
      await assert.rejects(runSelfTest(engine, { ...written, selfTest: wrong }));
      engine.release();
    });

    it('describes the model as the checkpoint does', () => {
      const { image, text, shape, name } = manifest;
      const { rows } = compileTokenizer(smallVocabulary().vocabJson, smallVocabulary().mergesText);
      assert.equal(name, folder);
      assert.deepEqual(image, { side: 96, mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] });
      const texts = { rows, maxSourceLength: 80, promptType: 'prev_output', prompt: null };
      assert.deepEqual(text, texts);
      assert.deepEqual(shape, { patches: 36, width: 32, blocks: [2, 2, 2] });
    });

    it('carries the question of its first hypothesis, as the model will be asked', async () => {
      const tokenizer = createTokenizer(await readModelFile(folder, written, 'tokenizer'));
      const hypothesis = 'there are two birds.';
      const question = encodeQuestion({ hypothesis, premise: null }, written.text, tokenizer);
      const { encoder, decoder } = written.selfTest;
      assert.deepEqual({ encoder, decoder }, question);
    });

    it('reports progress that never goes back and ends at its total, step by step', () => {
      const totals = new Map<string, number>();
      const done = new Map<string, number>();
      for (const [step, at, total] of progress) {
        assert.equal(totals.get(step) ?? total, total, step);
        assert.ok(at >= (done.get(step) ?? 0) && at <= total, step);
        totals.set(step, total);
        done.set(step, at);
      }
      assert.deepEqual(done, totals);
      assert.ok(done.has('reading tensors') && done.has(`trying ${manifest.dtype}`));
    });
  });
}

describe('convertModel()', () => {
  it('writes what authorModel() makes of the same numbers', async () => {
    const { table, rows } = compileTokenizer(
      smallVocabulary().vocabJson,
      smallVocabulary().mergesText,
    );
    const vocabulary: Record<string, number> = JSON.parse(smallVocabulary().vocabJson);
    const [yes = 0, maybe = 0, no = 0] = ['yes', 'maybe', 'no'].map(
      (word) => vocabulary[`\u0120${word}`],
    );
    const source = {
      config,
      weights: syntheticTensor,
      answerIds: [yes, maybe, no] as const,
      textRows: rows,
      tokenizer: table,
    };
    const { files } = authorModel(source, { dtype: 'fp32' });
    for (const name of ['vision.weights', 'judge.weights', 'embeddings', 'tokenizer'] as const) {
      assert.deepEqual(await readModelFile('plain', fp32.manifest, name), files[name], name);
    }
  });

  it('writes the same model again', async () => {
    const again = await convert('quantised again', { dtype: 'int8', pictures: null });
    assert.deepEqual({ ...again.manifest, name: '' }, { ...int8.manifest, name: '' });
  });

  it('compares int8 with fp32 on four drawn pictures, three hypotheses each', () => {
    assert.equal(fp32.agreement, null);
    assert.ok(int8.agreement !== null);
    const { questions, sameLabel, scoreDifference, tokenError } = int8.agreement;
    assert.equal(questions, 12);
    assert.ok(sameLabel >= 0 && sameLabel <= 12);
    // The project promises 0.05; an error of exactly nothing would mean that fp32 was compared with itself.
    assert.ok(scoreDifference > 0 && scoreDifference < 0.05, `${scoreDifference}`);
    assert.ok(tokenError > 0 && tokenError < 1, `${tokenError}`);
  });

  it('takes ranges from pictures when given, and compares on those', async () => {
    const pictures = [2, 3].map((variant) => selfTestPixels(96, variant));
    const calibrated = await convert('calibrated', { dtype: 'int8', pictures });
    assert.equal(calibrated.ranges, 'pictures');
    assert.equal(int8.ranges, 'BatchNorm statistics');
    assert.equal(calibrated.agreement?.questions, 6);
    assert.deepEqual(
      calibrated.progress.filter(([step]) => step === 'calibrating'),
      [
        ['calibrating', 1, 2],
        ['calibrating', 2, 2],
      ],
    );
    const hashes = ({ manifest }: { manifest: Manifest }) =>
      manifest.files['vision.onnx'].shards.map(({ sha256 }) => sha256);
    assert.notDeepEqual(hashes(calibrated), hashes(int8));
    // The formula's BatchNorm statistics say nothing about the data: pictures must do better.
    const [measured, guessed] = [calibrated.agreement?.tokenError, int8.agreement?.tokenError];
    assert.ok(measured !== undefined && guessed !== undefined && measured < guessed);
  });

  it('takes ranges as it is told: cutting off gives others than the extremes', async () => {
    const pictures = [2, 3].map((variant) => selfTestPixels(96, variant));
    const [extremes, least] = [
      await convert('extremes', { dtype: 'int8', pictures, choice: 'extremes' }),
      await convert('least', { dtype: 'int8', pictures, choice: 'p99.99' }),
    ];
    assert.notDeepEqual(
      extremes.manifest.files['vision.kernels'],
      least.manifest.files['vision.kernels'],
    );
  });

  it('keeps linear layers in fp32: their weights are those of the fp32 model, vision is untouched', async () => {
    const kept = new Set(['decoder.layers.0.fc1']);
    const mixed = await convert('mixed', { dtype: 'int8', pictures: null, kept });
    const { files } = mixed.manifest;
    assert.deepEqual(files['vision.kernels'], int8.manifest.files['vision.kernels']);
    const [inputs, outputs] = [config.width, config.decoderFfn];
    const more = files['judge.weights'].bytes - int8.manifest.files['judge.weights'].bytes;
    // Four bytes for one, and no scale for each output.
    assert.equal(more, 3 * inputs * outputs - 4 * outputs);
    const operators = async (folder: string, manifest: Manifest) =>
      readGraph(await readModelFile(folder, manifest, 'judge.onnx')).nodes.map(
        ({ operator }) => operator,
      );
    const count = (all: readonly string[], operator: string) =>
      all.filter((it) => it === operator).length;
    assert.equal(count(await operators('mixed', mixed.manifest), 'Gemm'), 1);
    assert.equal(count(await operators('quantised', int8.manifest), 'Gemm'), 0);
  });

  it('counts what was kept and what was dropped: together the whole state dict', () => {
    const layout = [...stateDictLayout(config)];
    const count = (read: boolean) => {
      const shapes = layout.filter((entry) => entry.read === read).map(({ shape }) => shape);
      const numbers = shapes.map((shape) => shape.reduce((product, side) => product * side, 1));
      return { tensors: shapes.length, numbers: numbers.reduce((sum, value) => sum + value, 0) };
    };
    assert.deepEqual(fp32.kept, count(true));
    assert.deepEqual(fp32.dropped, count(false));
  });

  it('refuses weights that make no numbers', async () => {
    const width = config.width;
    const broken = {
      dtype: 'float32' as const,
      count: width,
      bytes: () => new Uint8Array(new Float32Array(width).fill(3e38).buffer),
    };
    const tensors = syntheticStateDict(config).map((tensor) =>
      tensor.key === 'decoder.layer_norm.weight' ? { ...tensor, storage: broken } : tensor,
    );
    await writeCheckpoint(join(root, 'not-a-number'), { config, tensors });
    const converted = convert('nothing', { dtype: 'fp32', pictures: null }, 'not-a-number');
    await assert.rejects(converted, { name: 'ConvertError', message: /look for NaN/ });
    await assert.rejects(readFile(join(root, 'nothing', 'manifest.json')), { code: 'ENOENT' });
  });

  it('gives every session and tensor back to its runtime', () => {
    assert.ok(runtimes.length > 0);
    for (const { held } of runtimes) {
      assert.deepEqual(held, { tensors: 0, sessions: 0, blocks: 0 });
    }
  });
});
