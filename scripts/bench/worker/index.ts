import type { Env } from '../../../functions/env.ts';
import { clipSixteenBits } from '../../../functions/image/clip-sixteen-bits.ts';
import { readHeader } from '../../../functions/image/read-header.ts';
import { resizeSquare } from '../../../functions/image/resize-square.ts';
import { uprightView } from '../../../functions/image/upright-view.ts';
import { systemClock } from '../../../functions/lib/clock.ts';
import { EntailError } from '../../../functions/lib/entail-error.ts';
import { createEngine } from '../../../functions/model/create-engine.ts';
import type { Engine } from '../../../functions/model/engine.ts';
import { createOrtRuntime } from '../../../functions/model/ort-runtime.ts';
import { readCurrentManifest } from '../../../functions/model/read-current-manifest.ts';
import type { VisionBackend } from '../../../functions/model/vision-stage.ts';
import { entailBatch } from '../../../functions/pipeline/entail.ts';
import { type LoadedModel, loadModel } from '../../../functions/pipeline/load-model.ts';
import { encodeQuestion } from '../../../functions/text/encode-question.ts';
import { createCodecs } from '../../../wasm/create-codecs.ts';
import { modules } from '../../../wasm/modules.ts';
import type { AskTimes, LoadStep, LoadTimes, StageTimes } from '../stage-times.ts';
import { watchMemories } from './watch-memories.ts';

/**
 * The Worker that the benchmark measures: the product's own rooms, called one by one with a clock between them. Locally
 * workerd's clock advances while a request computes; deployed it would stand still.
 */
const codecs = createCodecs(modules);
const memories = watchMemories();
let model: LoadedModel | null = null;

async function load({ MODEL_BUCKET: store }: Env, vision: VisionBackend): Promise<LoadTimes> {
  const steps: LoadStep[] = [];
  const begin = performance.now();
  async function timed<T>(name: string, work: () => Promise<T>): Promise<T> {
    const from = performance.now() - begin;
    const result = await work();
    steps.push({ name, from, to: performance.now() - begin });
    return result;
  }
  const chosen = vision === 'kernels' ? modules : { ...modules, kernels: null };
  const runtime = await timed('start the runtime', () => createOrtRuntime(chosen, 1));
  model = await loadModel({
    store,
    readManifest: readCurrentManifest,
    clock: systemClock,
    images: null,
    alive: () => {},
    async openEngine(manifest, readFile) {
      const engine = await timed('make the engine', () =>
        createEngine(runtime, manifest, (file) => timed(`read ${file}`, () => readFile(file))),
      );
      return { ...engine, ...timedSelfTest(engine, timed) };
    },
  });
  // From here on new memories are the codecs'.
  memories.reset();
  return { ms: performance.now() - begin, steps, heapBytes: runtime.heapBytes() };
}

/** The engine's two stages, timed once: the self-test is the first to ask. */
function timedSelfTest(
  engine: Engine,
  timed: <T>(name: string, work: () => Promise<T>) => Promise<T>,
): Pick<Engine, 'encodeTestImage' | 'judge'> {
  let tested = false;
  return {
    encodeTestImage: () => timed('self-test: vision', () => engine.encodeTestImage()),
    judge(tokens, prompt) {
      if (tested) return engine.judge(tokens, prompt);
      tested = true;
      return timed('self-test: judge', () => engine.judge(tokens, prompt));
    },
  };
}

function loaded(): LoadedModel {
  if (model === null) throw new Error('cannot answer: POST /load comes first');
  return model;
}

async function answer(
  image: Uint8Array,
  question: { readonly hypothesis: string; readonly premise: string | null },
): Promise<StageTimes> {
  const { engine, manifest, tokenizer } = loaded();
  const marks = [performance.now()];
  const mark = () => marks.push(performance.now());
  const header = readHeader(image);
  mark();
  const view = uprightView(header.width, header.height, header.orientation);
  const pixels = await codecs[header.format](header.picture, ({ rgba }) => {
    mark();
    const bytes = rgba instanceof Uint16Array ? clipSixteenBits(rgba) : rgba;
    return resizeSquare(bytes, view, manifest.image.side);
  });
  mark();
  const codecBytes = memories.largest();
  const tokens = await engine.encodeImage(pixels);
  mark();
  const prompt = encodeQuestion(question, manifest.text, tokenizer);
  await engine.judge(tokens, prompt);
  mark();
  tokens.release();
  const [t0 = 0, t1 = 0, t2 = 0, t3 = 0, t4 = 0, t5 = 0] = marks;
  const copied = header.picture.buffer === image.buffer ? 0 : header.picture.length;
  return {
    ms: {
      header: t1 - t0,
      decode: t2 - t1,
      resize: t3 - t2,
      vision: t4 - t3,
      judge: t5 - t4,
      total: t5 - t0,
    },
    tokens: prompt.encoder.length,
    heapBytes: engine.heapBytes(),
    codecBytes,
    bufferBytes: image.length + copied + pixels.length,
  };
}

/** Asks as the product does, pictures that were seen and pictures that are refused included. */
async function ask(image: Uint8Array, hypotheses: readonly string[]): Promise<AskTimes> {
  const begin = performance.now();
  let code = null;
  try {
    const batch = { image, hypotheses, premise: null };
    await entailBatch(loaded(), codecs, { batch, onResult() {} });
  } catch (error) {
    if (!(error instanceof EntailError)) throw error;
    code = error.code;
  }
  return {
    ms: performance.now() - begin,
    code,
    wasmBytes: loaded().engine.heapBytes() + memories.largest(),
  };
}

/** Routes `/load`, `/answer` and `/ask`; anything else says that the isolate is alive. */
export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === '/load') {
      const vision = searchParams.get('vision') === 'kernels' ? 'kernels' : 'onnxruntime';
      return Response.json(await load(env, vision));
    }
    if (pathname === '/answer') {
      const hypothesis = searchParams.get('hypothesis') ?? '';
      const image = new Uint8Array(await request.arrayBuffer());
      const premise = searchParams.get('premise');
      return Response.json(await answer(image, { hypothesis, premise }));
    }
    if (pathname === '/ask') {
      const image = new Uint8Array(await request.arrayBuffer());
      return Response.json(await ask(image, searchParams.getAll('hypothesis')));
    }
    return new Response('alive');
  },
};
