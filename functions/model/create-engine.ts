import { EntailError } from '../lib/entail-error.ts';
import { createEmbeddingTable, type EmbeddingTable } from './embedding-table.ts';
import type { Engine, ImageTokens } from './engine.ts';
import type { Manifest, ModelFileName } from './manifest.ts';
import { normalisePixels } from './normalise-pixels.ts';
import type { OrtRuntime } from './ort-runtime.ts';
import type { OrtSession } from './ort-session.ts';
import type { OrtTensor } from './ort-tensor.ts';

/**
 * Loads a model's two graphs and its embeddings into the runtime.
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
  manifest: Pick<Manifest, 'dtype' | 'image' | 'shape' | 'text'>,
  readFile: (name: ModelFileName) => Promise<Uint8Array<ArrayBuffer>>,
): Promise<Engine> {
  const { image, shape } = manifest;
  const sessions: OrtSession[] = [];
  function release(): void {
    for (const session of sessions.splice(0)) session.release();
  }
  async function load(stage: 'vision' | 'judge'): Promise<OrtSession> {
    const graph = await readFile(`${stage}.onnx`);
    const bytes = await readFile(`${stage}.weights`);
    const session = await runtime.createSession(graph, { location: `${stage}.weights`, bytes });
    sessions.push(session);
    return session;
  }
  try {
    const vision = await load('vision');
    const judge = await load('judge');
    const table = createEmbeddingTable(await readFile('embeddings'), {
      rows: manifest.text.rows,
      width: shape.width,
      dtype: manifest.dtype,
    });
    return { ...stages({ runtime, vision, judge, table }, { image, shape }), release };
  } catch (error) {
    release();
    throw error;
  }
}

/** What the two stages run on. */
interface EngineParts {
  readonly runtime: OrtRuntime;
  readonly vision: OrtSession;
  readonly judge: OrtSession;
  readonly table: EmbeddingTable;
}

function stages(
  { runtime, vision, judge, table }: EngineParts,
  { image, shape }: Pick<Manifest, 'image' | 'shape'>,
): Omit<Engine, 'release'> {
  function embed(ids: readonly number[]): OrtTensor {
    const tensor = runtime.allocate([ids.length, shape.width]);
    table.gather(ids, tensor.view());
    return tensor;
  }

  return {
    async encodeImage(pixels) {
      const input = runtime.allocate([1, 3, image.side, image.side]);
      try {
        normalisePixels(pixels, image, input.view());
        return imageTokens(await vision.run({ pixels: input }, 'image_tokens'));
      } finally {
        input.release();
      }
    },
    async judge(tokens, prompt) {
      const encoderText = embed(prompt.encoder);
      const decoderText = embed(prompt.decoder);
      try {
        const inputs = {
          image_tokens: tensorOf(tokens),
          text: encoderText,
          decoder_text: decoderText,
        };
        const logits = await judge.run(inputs, 'logits');
        const [entailment = NaN, neutral = NaN, contradiction = NaN] = logits.view();
        logits.release();
        return { entailment, neutral, contradiction };
      } finally {
        encoderText.release();
        decoderText.release();
      }
    },
    heapBytes: () => runtime.heapBytes(),
  };
}

/** Where the tokens that this module handed out lie in the heap. */
const tensors = new WeakMap<ImageTokens, OrtTensor>();

function imageTokens(tensor: OrtTensor): ImageTokens {
  const [patches = 0, width = 0] = tensor.shape;
  const tokens: ImageTokens = {
    patches,
    width,
    toArray: () => tensor.view().slice(),
    release: () => tensor.release(),
  };
  tensors.set(tokens, tensor);
  return tokens;
}

function tensorOf(tokens: ImageTokens): OrtTensor {
  const tensor = tensors.get(tokens);
  if (tensor === undefined) {
    throw new EntailError('internal', 'the image tokens were not made by this engine');
  }
  return tensor;
}
