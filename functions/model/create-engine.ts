import { EntailError } from '../lib/entail-error.ts';
import { createEmbeddingTable, type EmbeddingTable } from './embedding-table.ts';
import type { ByLabel, Engine, ImageTokens, PromptIds } from './engine.ts';
import { createKernelVision } from './kernel-vision.ts';
import type { Manifest, ModelFileName } from './manifest.ts';
import type { OrtRuntime } from './ort-runtime.ts';
import type { ExternalData, OrtSession } from './ort-session.ts';
import type { OrtTensor } from './ort-tensor.ts';
import { createOrtVision } from './ort-vision.ts';
import { createRuntimeLife, type RuntimeLife } from './runtime-life.ts';
import { unpackKernels } from './unpack-kernels.ts';
import { planVision } from './vision-plan.ts';
import type { VisionStage } from './vision-stage.ts';

/** Pictures whose tokens an engine can hold without spreading over the heap: each has 0.9 MiB at 480 px. */
export const TOKEN_PLACES = 2;

/**
 * A gap for the small blocks that come and go while a graph runs, below everything else: among the planes they cut up
 * the room that large ones need. OFA-tiny needed 54.4 to 55.6 MiB with it over 60 to 120 prompts, 55.1 to 57.2 without.
 */
const SMALL_BLOCKS_BYTES = 512 * 1024;

/**
 * Loads a model's two stages and its embeddings into the runtime; int8 vision by our own kernels where they can run.
 *
 * Files are asked for one after another, so that a graph's weights can be dropped once they are copied into place.
 *
 * @param runtime The isolate's runtime.
 * @param manifest What the files are.
 * @param readFile Gives a whole file, checked.
 * @throws {EntailError} `model_integrity`, `runtime_dead`, and whatever `readFile` throws.
 */
export async function createEngine(
  runtime: OrtRuntime,
  manifest: Pick<Manifest, 'dtype' | 'heapBytes' | 'image' | 'shape' | 'text'>,
  readFile: (name: ModelFileName) => Promise<Uint8Array<ArrayBuffer>>,
): Promise<Engine> {
  const { image, shape } = manifest;
  const life = createRuntimeLife();
  const owned: { release(): void }[] = [];
  function release(): void {
    for (const part of owned.splice(0)) life.giveBack(() => part.release());
  }
  function own<Part extends { release(): void }>(part: Part): Part {
    owned.push(part);
    return part;
  }
  async function load(
    stage: 'vision' | 'judge',
    ...more: readonly ExternalData[]
  ): Promise<OrtSession> {
    const graph = await readFile(`${stage}.onnx`);
    const bytes = await readFile(`${stage}.weights`);
    return runtime.createSession(graph, { location: `${stage}.weights`, bytes }, ...more);
  }
  async function loadVision(): Promise<VisionStage> {
    const tokens = [shape.patches, shape.width] as const;
    if (manifest.dtype === 'fp32') {
      return createOrtVision(runtime, await load('vision'), { image, tokens });
    }
    const { kernels } = runtime;
    if (kernels !== null && manifest.heapBytes !== null) runtime.reserve(manifest.heapBytes);
    const bytes = await readFile('vision.kernels');
    const dimensions = { side: image.side, blocks: shape.blocks, width: shape.width };
    const plan = planVision(dimensions);
    if (bytes.length !== plan.fileBytes) {
      throw new EntailError(
        'model_integrity',
        `cannot use vision.kernels: ${bytes.length} bytes, expected ${plan.fileBytes}`,
      );
    }
    if (kernels === null) {
      const unpacked = { location: 'vision.kernels', bytes: unpackKernels(bytes, plan) };
      return createOrtVision(runtime, await load('vision', unpacked), { image, tokens });
    }
    const weights = runtime.takeBlock(bytes.length);
    weights.view().set(bytes);
    return createKernelVision({
      runtime,
      kernels,
      dimensions,
      weights,
      image,
      places: TOKEN_PLACES,
    });
  }
  async function loadAll(): Promise<EngineParts> {
    const gap = runtime.takeBlock(SMALL_BLOCKS_BYTES);
    try {
      return await loadParts();
    } finally {
      gap.release();
    }
  }
  async function loadParts(): Promise<EngineParts> {
    const table = createEmbeddingTable(await readFile('embeddings'), {
      rows: manifest.text.rows,
      width: shape.width,
      dtype: manifest.dtype,
    });
    const vision = own(await loadVision());
    const judge = own(await load('judge'));
    return { runtime, life, vision, judge, table };
  }
  try {
    return { ...stages(await life.attempt(loadAll), shape.width), release };
  } catch (error) {
    release();
    throw error;
  }
}

/** What the two stages run on. */
interface EngineParts {
  readonly runtime: OrtRuntime;
  readonly life: RuntimeLife;
  readonly vision: VisionStage;
  readonly judge: OrtSession;
  readonly table: EmbeddingTable;
}

function stages(
  { runtime, life, vision, judge, table }: EngineParts,
  width: number,
): Omit<Engine, 'release'> {
  /** Where the tokens that this engine handed out lie in the heap. */
  const tensors = new WeakMap<ImageTokens, OrtTensor>();

  function handOut(tensor: OrtTensor): ImageTokens {
    const [patches = 0] = tensor.shape;
    const tokens: ImageTokens = {
      patches,
      width,
      toArray: () => tensor.view().slice(),
      release: () => life.giveBack(() => tensor.release()),
    };
    tensors.set(tokens, tensor);
    return tokens;
  }

  /** Gathers the embeddings of some tokens, and gives them back when `use` is done, whatever happens. */
  async function withEmbeddings<T>(
    ids: readonly number[],
    use: (input: OrtTensor) => Promise<T>,
  ): Promise<T> {
    const input = runtime.allocate([ids.length, width]);
    try {
      table.gather(ids, input.view());
      return await use(input);
    } finally {
      input.release();
    }
  }

  /** Runs the judge, and gives the numbers of the outputs wanted. */
  async function judgeFor(
    wanted: readonly string[],
    tokens: ImageTokens,
    { encoder, decoder }: PromptIds,
  ): Promise<Float32Array[]> {
    const seen = tensors.get(tokens);
    if (seen === undefined) {
      throw new EntailError('internal', 'the image tokens were not made by this engine');
    }
    if (encoder.length === 0 || decoder.length === 0) {
      throw new EntailError('internal', 'cannot judge: the prompt has no tokens');
    }
    return life.attempt(() =>
      withEmbeddings(encoder, (text) =>
        withEmbeddings(decoder, async (decoderText) => {
          const inputs = { image_tokens: seen, text, decoder_text: decoderText };
          const outputs = await judge.runAll(inputs, wanted);
          return outputs.map((tensor) => {
            const numbers = tensor.view().slice();
            tensor.release();
            return numbers;
          });
        }),
      ),
    );
  }

  return {
    vision: vision.backend,
    encodeImage: (pixels) => life.attempt(async () => handOut(await vision.encode(pixels))),
    restoreImage: (values) =>
      life.attempt(async () => {
        const tensor = vision.place();
        tensor.view().set(values);
        return handOut(tensor);
      }),
    encodeTestImage: () => life.attempt(async () => handOut(await vision.encodeTest())),
    async judge(tokens, prompt) {
      const [logits] = await judgeFor(['logits'], tokens, prompt);
      return byLabel(logits);
    },
    async explain(tokens, prompt) {
      const [logits, attention = new Float32Array()] = await judgeFor(
        ['logits', 'attention'],
        tokens,
        prompt,
      );
      return { logits: byLabel(logits), attention };
    },
    heapBytes: () => runtime.heapBytes(),
  };
}

function byLabel(logits: Float32Array | undefined): ByLabel {
  const [entailment = NaN, neutral = NaN, contradiction = NaN] = logits ?? [];
  return { entailment, neutral, contradiction };
}
