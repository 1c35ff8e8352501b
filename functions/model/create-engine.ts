import { EntailError } from '../lib/entail-error.ts';
import { createEmbeddingTable, type EmbeddingTable } from './embedding-table.ts';
import type { ByLabel, Engine, ImageTokens } from './engine.ts';
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
  /** Where the tokens that this engine handed out lie in the heap. */
  const tensors = new WeakMap<ImageTokens, OrtTensor>();

  /** Allocates an input, lets `fill` write it, and gives it back when `use` is done, whatever happens. */
  async function withInput<T>(
    side: { shape: readonly number[]; fill: (values: Float32Array) => void },
    use: (input: OrtTensor) => Promise<T>,
  ): Promise<T> {
    const input = runtime.allocate(side.shape);
    try {
      side.fill(input.view());
      return await use(input);
    } finally {
      input.release();
    }
  }

  function withEmbeddings<T>(
    ids: readonly number[],
    use: (input: OrtTensor) => Promise<T>,
  ): Promise<T> {
    const fill = (values: Float32Array) => table.gather(ids, values);
    return withInput({ shape: [ids.length, shape.width], fill }, use);
  }

  async function logitsOf(inputs: Record<string, OrtTensor>): Promise<ByLabel> {
    const logits = await judge.run(inputs, 'logits');
    const [entailment = NaN, neutral = NaN, contradiction = NaN] = logits.view();
    logits.release();
    return { entailment, neutral, contradiction };
  }

  return {
    async encodeImage(pixels) {
      const input = {
        shape: [1, 3, image.side, image.side],
        fill: (values: Float32Array) => normalisePixels(pixels, image, values),
      };
      const tensor = await withInput(input, (it) => vision.run({ pixels: it }, 'image_tokens'));
      const [patches = 0, width = 0] = tensor.shape;
      const tokens: ImageTokens = {
        patches,
        width,
        toArray: () => tensor.view().slice(),
        release: () => tensor.release(),
      };
      tensors.set(tokens, tensor);
      return tokens;
    },
    async judge(tokens, { encoder, decoder }) {
      const seen = tensors.get(tokens);
      if (seen === undefined) {
        throw new EntailError('internal', 'the image tokens were not made by this engine');
      }
      if (encoder.length === 0 || decoder.length === 0) {
        throw new EntailError('internal', 'cannot judge: the prompt has no tokens');
      }
      return withEmbeddings(encoder, (text) =>
        withEmbeddings(decoder, (decoderText) =>
          logitsOf({ image_tokens: seen, text, decoder_text: decoderText }),
        ),
      );
    },
    heapBytes: () => runtime.heapBytes(),
  };
}
