import type { EmbeddingTable } from '../../functions/model/embedding-table.ts';
import type { ByLabel, PromptIds } from '../../functions/model/engine.ts';
import type { OrtRuntime } from '../../functions/model/ort-runtime.ts';
import type { OrtTensor } from '../../functions/model/ort-tensor.ts';
import type { GraphBuilder } from '../convert/graph/graph-builder.ts';

/** A judge graph, ready to be asked. */
export interface OpenJudge {
  /**
   * Asks a question.
   *
   * @param tokens `[patches, width]`.
   * @returns Logits, and the further outputs that were asked for; all valid for good.
   */
  ask(
    tokens: Float32Array,
    prompt: PromptIds,
  ): Promise<{ readonly logits: ByLabel; readonly further: readonly Float32Array[] }>;
  release(): void;
}

/** Loads a judge graph that was just written. */
export async function openJudge(
  runtime: OrtRuntime,
  builder: GraphBuilder,
  {
    location,
    width,
    table,
    further,
  }: {
    /** What the builder calls the weights. */
    readonly location: string;
    readonly width: number;
    readonly table: EmbeddingTable;
    /** Outputs beside the logits. */
    readonly further: readonly string[];
  },
): Promise<OpenJudge> {
  const { graph, weights } = builder.encode();
  const session = await runtime.createSession(graph, { location, bytes: weights });
  function embed(ids: readonly number[]): OrtTensor {
    const rows = runtime.allocate([ids.length, width]);
    table.gather(ids, rows.view());
    return rows;
  }
  return {
    async ask(tokens, { encoder, decoder }) {
      const image = runtime.allocate([tokens.length / width, width]);
      image.view().set(tokens);
      const inputs = { image_tokens: image, text: embed(encoder), decoder_text: embed(decoder) };
      const outputs = await session.runAll(inputs, ['logits', ...further]);
      const [logits, ...values] = outputs.map((output) => output.view().slice());
      for (const tensor of [...outputs, ...Object.values(inputs)]) tensor.release();
      const [entailment = Number.NaN, neutral = Number.NaN, contradiction = Number.NaN] =
        logits ?? [];
      return { logits: { entailment, neutral, contradiction }, further: values };
    },
    release: () => session.release(),
  };
}
