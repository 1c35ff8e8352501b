import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EntailError } from '../../../functions/lib/entail-error.ts';
import { createEngine } from '../../../functions/model/create-engine.ts';
import type { ImageTokens } from '../../../functions/model/engine.ts';
import type { ModelFileName } from '../../../functions/model/manifest.ts';
import type { OrtRuntime } from '../../../functions/model/ort-runtime.ts';
import { selfTestPixels } from '../../../functions/model/self-test-pixels.ts';
import { authorModel } from '../../../scripts/convert/author-model.ts';
import { memoryEngine } from '../../../scripts/convert/memory-engine.ts';
import { batchNormRanges } from '../../../scripts/convert/quantise/batch-norm-ranges.ts';
import { nodeRuntime } from '../../lib/node-runtime.ts';
import { syntheticSource } from '../../lib/synthetic-source.ts';
import { countingRuntime } from './counting-runtime.ts';
import { heapGrowth } from './heap-growth.ts';

const micro = syntheticSource('micro');
const ranges = batchNormRanges(micro.config.resnetBlocks, micro.weights);
const fp32 = authorModel(micro, { dtype: 'fp32' });
const int8 = authorModel(micro, { dtype: 'int8', ranges });
const runtime = await nodeRuntime();
const PIXELS = selfTestPixels(96);
const GRAPH_FILES = ['vision.onnx', 'vision.weights', 'judge.onnx', 'judge.weights'] as const;
const PROMPT = { encoder: [0, 100, 200, 300, 2], decoder: [0, 100, 200, 300] };

/** What a manifest adds to an authored model. */
const described = { ...fp32, heapBytes: null };

function fileOf(name: ModelFileName): Uint8Array<ArrayBuffer> {
  return fp32.files[name] ?? new Uint8Array();
}

/** The fp32 model with one file replaced, and the order in which files are asked for. */
function load(replaced: Partial<Record<ModelFileName, Uint8Array<ArrayBuffer>>> = {}) {
  const asked: ModelFileName[] = [];
  const engine = createEngine(runtime, described, async (name) => {
    asked.push(name);
    return replaced[name] ?? fileOf(name);
  });
  return { asked, engine };
}

for (const [name, model, backend] of [
  ['fp32', fp32, 'onnxruntime'],
  ['int8', int8, 'onnxruntime'],
  ['int8, kernels', int8, 'kernels'],
] as const) {
  describe(`createEngine() ${name}`, () => {
    it('encodes a picture to [patches, width] and answers with three finite logits', async () => {
      const engine = await memoryEngine(runtime, model, backend);
      assert.equal(engine.vision, backend);
      const tokens = await engine.encodeImage(PIXELS);
      assert.deepEqual([tokens.patches, tokens.width], [36, 32]);
      assert.equal(tokens.toArray().length, 36 * 32);
      const logits = Object.values(await engine.judge(tokens, PROMPT));
      assert.equal(logits.length, 3);
      assert.ok(logits.every(Number.isFinite));
      assert.equal(engine.heapBytes(), runtime.heapBytes());
      tokens.release();
      engine.release();
    });

    it('explains with the very logits, and shares of attention that leave some for the words', async () => {
      const engine = await memoryEngine(runtime, model, backend);
      const tokens = await engine.encodeImage(PIXELS);
      const { logits, attention } = await engine.explain(tokens, PROMPT);
      assert.deepEqual(logits, await engine.judge(tokens, PROMPT));
      assert.equal(attention.length, tokens.patches);
      assert.ok(attention.every((share) => share > 0));
      const sum = attention.reduce((total, share) => total + share, 0);
      assert.ok(sum > 0 && sum < 1, String(sum));
      assert.notDeepEqual(
        attention,
        (await engine.explain(tokens, { ...PROMPT, decoder: [0] })).attention,
      );
      tokens.release();
      engine.release();
    });

    it('answers bit for bit the same, on every run and after a restart', async () => {
      const answers: string[] = [];
      for (const run of [0, 1, 2]) {
        const engine = await memoryEngine(
          run === 2 ? await nodeRuntime() : runtime,
          model,
          backend,
        );
        for (const repeat of [0, 1]) {
          const other = await engine.encodeImage(selfTestPixels(96, 1 + repeat));
          await engine.judge(other, { encoder: [0, 7, 2], decoder: [0] });
          const tokens = await engine.encodeImage(PIXELS);
          other.release();
          const logits = await engine.judge(tokens, PROMPT);
          answers.push(JSON.stringify([logits, [...tokens.toArray()]]));
          tokens.release();
        }
        engine.release();
      }
      assert.equal(new Set(answers).size, 1);
    });
  });
}

describe('createEngine()', () => {
  it('asks for each file once, one graph with its weights after the other', async () => {
    const { asked, engine } = load();
    (await engine).release();
    assert.deepEqual(asked, ['embeddings', ...GRAPH_FILES]);
  });

  it('tells two pictures and two prompts apart', async () => {
    const engine = await load().engine;
    const [a, b] = [
      await engine.encodeImage(PIXELS),
      await engine.encodeImage(selfTestPixels(96, 1)),
    ];
    assert.notDeepEqual(a.toArray(), b.toArray());
    const first = await engine.judge(a, PROMPT);
    assert.notDeepEqual(first, await engine.judge(b, PROMPT));
    assert.notDeepEqual(first, await engine.judge(a, { ...PROMPT, encoder: [0, 101, 2] }));
    assert.notDeepEqual(first, await engine.judge(a, { ...PROMPT, decoder: [0] }));
    assert.deepEqual(first, await engine.judge(a, PROMPT));
    for (const owned of [a, b, engine]) owned.release();
  });

  it('hands out a copy of the tokens: changing it changes nothing', async () => {
    const engine = await load().engine;
    const tokens = await engine.encodeImage(PIXELS);
    const before = await engine.judge(tokens, PROMPT);
    tokens.toArray().fill(0);
    assert.deepEqual(await engine.judge(tokens, PROMPT), before);
    for (const owned of [tokens, engine]) owned.release();
  });

  it('refuses embeddings of another length', async () => {
    const { embeddings } = fp32.files;
    const refused = { name: 'EntailError', code: 'model_integrity' };
    for (const bytes of [embeddings.slice(4), embeddings.slice(0, -4), new Uint8Array(0)]) {
      await assert.rejects(load({ embeddings: bytes }).engine, refused);
    }
  });

  it('refuses graphs and weights that do not load', async () => {
    const broken = Uint8Array.of(1, 2, 3);
    const refused = { name: 'EntailError', code: 'runtime_dead' };
    for (const name of GRAPH_FILES) {
      await assert.rejects(load({ [name]: broken }).engine, refused);
    }
  });

  it('refuses a token that the table has no row for, and answers the next question', async () => {
    const engine = await load().engine;
    const tokens = await engine.encodeImage(PIXELS);
    const before = await engine.judge(tokens, PROMPT);
    const refused = { name: 'EntailError', code: 'inference_invalid' };
    for (const id of [50_265, -1]) {
      await assert.rejects(engine.judge(tokens, { ...PROMPT, encoder: [0, id, 2] }), refused);
      await assert.rejects(engine.judge(tokens, { ...PROMPT, decoder: [0, id] }), refused);
    }
    assert.deepEqual(await engine.judge(tokens, PROMPT), before);
    for (const owned of [tokens, engine]) owned.release();
  });

  it('refuses tokens that no engine made', async () => {
    const engine = await load().engine;
    const foreign: ImageTokens = {
      patches: 36,
      width: 32,
      toArray: () => new Float32Array(36 * 32),
      release() {},
    };
    await assert.rejects(engine.judge(foreign, PROMPT), { name: 'EntailError', code: 'internal' });
    engine.release();
  });

  it('refuses tokens of another engine, whose heap may be another', async () => {
    const [own, other] = [await load().engine, await load().engine];
    const tokens = await other.encodeImage(PIXELS);
    await assert.rejects(own.judge(tokens, PROMPT), { name: 'EntailError', code: 'internal' });
    for (const owned of [tokens, own, other]) owned.release();
  });

  it('refuses a picture of another size: the rest of the input would be whatever was in the heap', async () => {
    const engine = await load().engine;
    const refused = { name: 'EntailError', code: 'internal' };
    await assert.rejects(engine.encodeImage(PIXELS.subarray(3)), refused);
    await assert.rejects(engine.encodeImage(new Uint8Array(PIXELS.length + 3)), refused);
    engine.release();
  });

  it('refuses a prompt without tokens', async () => {
    const engine = await load().engine;
    const tokens = await engine.encodeImage(PIXELS);
    const refused = { name: 'EntailError', code: 'internal' };
    await assert.rejects(engine.judge(tokens, { ...PROMPT, encoder: [] }), refused);
    await assert.rejects(engine.judge(tokens, { ...PROMPT, decoder: [] }), refused);
    for (const owned of [tokens, engine]) owned.release();
  });

  it('answers 32 questions at once as one after the other', async () => {
    const engine = await load().engine;
    const tokens = await engine.encodeImage(PIXELS);
    const alone = await engine.judge(tokens, PROMPT);
    const together = Array.from({ length: 32 }, () => engine.judge(tokens, PROMPT));
    for (const answer of await Promise.all(together)) assert.deepEqual(answer, alone);
    for (const owned of [tokens, engine]) owned.release();
  });
});

describe('createEngine() memory', () => {
  // The vision stage alone has 14 MB of weights: one that stays behind shows.
  it('gives vision back when the judge fails to load: 20 times, no growth', async () => {
    const grown = await heapGrowth(runtime, 20, async () => {
      for (const failing of ['judge.onnx', 'judge.weights']) {
        const engine = createEngine(runtime, described, async (name) => {
          if (name === failing) throw new EntailError('model_missing', `no ${name}`);
          return fileOf(name);
        });
        await assert.rejects(engine, { code: 'model_missing' });
      }
    });
    assert.equal(grown, 0);
  });

  it('gives everything back on release: 20 loads with an answer each, no growth', async () => {
    const grown = await heapGrowth(runtime, 20, async () => {
      const engine = await load().engine;
      const tokens = await engine.encodeImage(PIXELS);
      await engine.judge(tokens, PROMPT);
      tokens.release();
      engine.release();
    });
    assert.equal(grown, 0);
  });

  it('keeps nothing but its sessions: no tensor outlives its question', async () => {
    const counting = countingRuntime(runtime);
    const engine = await memoryEngine(counting, fp32);
    assert.deepEqual(counting.held, { tensors: 0, sessions: 2, blocks: 0 });
    const tokens = await engine.encodeImage(PIXELS);
    assert.equal(counting.held.tensors, 1);
    await engine.judge(tokens, PROMPT);
    assert.equal(counting.held.tensors, 1);
    await assert.rejects(engine.judge(tokens, { ...PROMPT, decoder: [-1] }), {
      code: 'inference_invalid',
    });
    await assert.rejects(engine.encodeImage(new Uint8Array(3)), { code: 'internal' });
    assert.equal(counting.held.tensors, 1);
    tokens.release();
    engine.release();
    assert.deepEqual(counting.held, { tensors: 0, sessions: 0, blocks: 0 });
  });

  it('says nothing more once the runtime broke, and gives it nothing back', async () => {
    const counting = countingRuntime(runtime);
    const engine = await memoryEngine(counting, fp32);
    const tokens = await engine.encodeImage(PIXELS);
    // 82 positions were written into the graph: it refuses to run on more.
    const long = Array.from({ length: 83 }, (_, i) => i);
    const dead = { code: 'runtime_dead' };
    await assert.rejects(engine.judge(tokens, { encoder: long, decoder: long }), dead);
    await assert.rejects(engine.judge(tokens, PROMPT), dead);
    await assert.rejects(engine.encodeImage(PIXELS), dead);
    await assert.rejects(engine.restoreImage(tokens.toArray()), dead);
    tokens.release();
    engine.release();
    assert.deepEqual(counting.held, { tensors: 1, sessions: 2, blocks: 0 });
  });

  it('judges restored tokens as it judged those that it made', async () => {
    const engine = await createEngine(runtime, described, async (name) => fileOf(name));
    const tokens = await engine.encodeImage(PIXELS);
    const restored = await engine.restoreImage(tokens.toArray());
    assert.deepEqual(await engine.judge(restored, PROMPT), await engine.judge(tokens, PROMPT));
    tokens.release();
    restored.release();
    engine.release();
  });

  it('takes what is none of ours for a break of the runtime', async () => {
    const broken: OrtRuntime = {
      ...runtime,
      createSession: () => Promise.reject(5278712),
    };
    const engine = createEngine(broken, described, async (name) => fileOf(name));
    await assert.rejects(engine, { code: 'runtime_dead', cause: 5278712 });
  });

  it('keeps no session of a load that failed, at whichever file', async () => {
    const counting = countingRuntime(runtime);
    for (const failing of [...GRAPH_FILES, 'embeddings']) {
      const engine = createEngine(counting, described, async (name) => {
        if (name === failing) throw new EntailError('model_missing', `no ${name}`);
        return fileOf(name);
      });
      await assert.rejects(engine, { message: `no ${failing}` });
      assert.deepEqual(counting.held, { tensors: 0, sessions: 0, blocks: 0 }, failing);
    }
  });
});
