import type { Env } from '../../../functions/env.ts';
import { clipSixteenBits } from '../../../functions/image/clip-sixteen-bits.ts';
import type { Codecs } from '../../../functions/image/codecs.ts';
import { readHeader } from '../../../functions/image/read-header.ts';
import { resizeSquare } from '../../../functions/image/resize-square.ts';
import { uprightView } from '../../../functions/image/upright-view.ts';
import { systemClock } from '../../../functions/lib/clock.ts';
import { createEngine } from '../../../functions/model/create-engine.ts';
import { createOrtRuntime } from '../../../functions/model/ort-runtime.ts';
import type { VisionBackend } from '../../../functions/model/vision-stage.ts';
import { type LoadedModel, loadModel } from '../../../functions/pipeline/load-model.ts';
import { encodeQuestion } from '../../../functions/text/encode-question.ts';
import { createJpegCodec } from '../../../wasm/jpeg-codec.ts';
import { modules } from '../../../wasm/modules.ts';
import { createPngCodec } from '../../../wasm/png-codec.ts';
import type { LoadTimes, StageTimes } from '../stage-times.ts';

/**
 * The Worker that the benchmark measures: the product's own rooms, called one by one with a clock between them. Locally
 * workerd's clock advances while a request computes; deployed it would stand still.
 */
const codecs: Codecs = {
  jpeg: createJpegCodec(modules.jpeg),
  png: createPngCodec(modules.png),
};
let model: LoadedModel | null = null;

async function load({ MODEL_BUCKET: store }: Env, vision: VisionBackend): Promise<LoadTimes> {
  const begin = performance.now();
  const chosen = vision === 'kernels' ? modules : { ...modules, kernels: null };
  const runtime = await createOrtRuntime(chosen, 1);
  const started = performance.now();
  model = await loadModel({
    store,
    clock: systemClock,
    alive: () => {},
    openEngine: (manifest, readFile) => createEngine(runtime, manifest, readFile),
  });
  const ms = { runtime: started - begin, model: performance.now() - started };
  return { ms, heapBytes: runtime.heapBytes() };
}

async function answer(image: Uint8Array, hypothesis: string): Promise<StageTimes> {
  if (model === null) throw new Error('cannot answer: POST /load comes first');
  const { engine, manifest, tokenizer } = model;
  const marks = [performance.now()];
  const mark = () => marks.push(performance.now());
  const header = readHeader(image);
  mark();
  const { rgba } = await codecs[header.format](header.picture);
  mark();
  const view = uprightView(header.width, header.height, header.orientation);
  const bytes = rgba instanceof Uint16Array ? clipSixteenBits(rgba) : rgba;
  const pixels = resizeSquare(bytes, view, manifest.image.side);
  mark();
  const tokens = await engine.encodeImage(pixels);
  mark();
  const prompt = encodeQuestion({ hypothesis, premise: null }, manifest.text, tokenizer);
  await engine.judge(tokens, prompt);
  mark();
  tokens.release();
  const [t0 = 0, t1 = 0, t2 = 0, t3 = 0, t4 = 0, t5 = 0] = marks;
  return {
    ms: {
      header: t1 - t0,
      decode: t2 - t1,
      resize: t3 - t2,
      vision: t4 - t3,
      judge: t5 - t4,
      total: t5 - t0,
    },
    heapBytes: engine.heapBytes(),
  };
}

/** Routes `/load` and `/answer`; anything else says that the isolate is alive. */
export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === '/load') {
      const vision = searchParams.get('vision') === 'kernels' ? 'kernels' : 'onnxruntime';
      return Response.json(await load(env, vision));
    }
    if (pathname === '/answer') {
      const image = new Uint8Array(await request.arrayBuffer());
      return Response.json(await answer(image, searchParams.get('hypothesis') ?? ''));
    }
    return new Response('alive');
  },
};
