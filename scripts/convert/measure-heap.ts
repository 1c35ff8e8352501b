import { TOKEN_PLACES } from '../../functions/model/create-engine.ts';
import type { ImageTokens } from '../../functions/model/engine.ts';
import { createOrtRuntime, type OrtRuntime } from '../../functions/model/ort-runtime.ts';
import { selfTestPixels } from '../../functions/model/self-test-pixels.ts';
import { nodeModules } from '../lib/node-modules.ts';
import type { ReadableModel } from './author-model.ts';
import { memoryEngine } from './memory-engine.ts';

const MIB = 1024 * 1024;
/** Enough for any isolate-sized model; pages that nothing writes to cost nothing. */
const ROOM_BYTES = 512 * MIB;
/** Prompts of many lengths leave holes in the heap that others do not fit into; after half as many it grew no more. */
const PROMPTS = 32;
const PROMPTS_PER_PICTURE = 3;
/** Steps through all lengths in no particular order, as it is prime. */
const LENGTH_STEP = 37;
/** For orders of requests that were not tried: on OFA-tiny four others of 60 prompts each took up to 1.8 MiB more of 55. */
const MARGIN = 0.05;

/**
 * Measures what the runtime's heap needs with vision by kernels: the highest byte that is written while pictures come
 * and go and prompts have all lengths.
 *
 * @param onPrompt Called after each prompt: on OFA-tiny each takes half a second.
 * @returns Bytes, with a margin; null for a model without kernels.
 */
export async function measureHeap(
  model: ReadableModel,
  onPrompt: (done: number, total: number) => void,
): Promise<number | null> {
  if (model.dtype !== 'int8') return null;
  const runtime = await createOrtRuntime(await nodeModules(), 1);
  runtime.reserve(ROOM_BYTES);
  const engine = await memoryEngine(runtime, model, 'kernels');
  // `<s>` and `</s>` come on top of the source length.
  const longest = model.text.maxSourceLength + 2;
  const held: ImageTokens[] = [];
  let tokens = await engine.encodeTestImage();
  for (let prompt = 0; prompt < PROMPTS; prompt++) {
    const length = 3 + ((prompt * LENGTH_STEP) % (longest - 2));
    const ids = Array.from({ length }, (_, at) => at % model.text.rows);
    await engine.judge(tokens, { encoder: ids, decoder: ids.slice(0, -1) });
    onPrompt(prompt + 1, PROMPTS);
    if (prompt % PROMPTS_PER_PICTURE === 0) {
      held.push(tokens);
      if (held.length === TOKEN_PLACES) held.shift()?.release();
      tokens = await engine.encodeImage(selfTestPixels(model.image.side, prompt));
    }
  }
  return Math.ceil(highestByte(runtime) * (1 + MARGIN));
}

/** The heap is all zeros where nothing was ever written. */
function highestByte(runtime: OrtRuntime): number {
  const block = runtime.takeBlock(1);
  const words = new Uint32Array(block.view().buffer);
  block.release();
  return (words.findLastIndex((word) => word !== 0) + 1) * Uint32Array.BYTES_PER_ELEMENT;
}
