import { readDecoderPositions, readEncoderPositions } from './absolute-bias.ts';
import { authorDecoder } from './decoder.ts';
import { authorEncoder } from './encoder.ts';
import { type JudgeContext, layerNorm } from './judge-context.ts';
import { transpose } from './transpose.ts';

/**
 * Writes the second stage: `image_tokens [cells, width]`, `text [tokens, width]` and `decoder_text [tokens, width]`
 * (rows of the embedding table, gathered outside) -> `logits [1, 3]`: entailment, neutral, contradiction; and `attention [cells]`,
 * where in the picture the answer's position looked.
 */
export function authorJudge(context: JudgeContext): void {
  const { builder, shape } = context;
  const { width, grid } = shape;
  // Read first, while little else is in memory: they are three rows of the largest tensor.
  const answers = answerColumns(context);
  const image = builder.input('image_tokens', 'float32', [grid * grid, width]);
  const text = builder.input('text', 'float32', ['text_tokens', width]);
  const decoderText = builder.input('decoder_text', 'float32', ['decoder_tokens', width]);
  const count = (name: string) =>
    builder.node(`${name}_count`, 'Shape', [name], { start: 0, end: 1 });
  const textCount = count(text);
  const positions = readEncoderPositions(context);
  const memory = authorEncoder(context, {
    embeddings: builder.node(
      'encoder.embeddings',
      'Concat',
      [
        typedEmbedding(context, image, { type: 1, norm: 'encoder.patch_layernorm_embedding' }),
        typedEmbedding(context, text, { type: 0, norm: 'encoder.layernorm_embedding' }),
      ],
      { axis: 0 },
    ),
    positions,
    textCount,
  });
  builder.output(memory, 'float32', ['encoder_tokens', width]);
  const { answer, attention } = authorDecoder(
    context,
    {
      embeddings: layerNorm(context, decoderText, 'decoder.layernorm_embedding'),
      count: count(decoderText),
      memory,
      memoryPositions: positions,
      memoryTextCount: textCount,
    },
    readDecoderPositions(context),
  );
  builder.node('logits', 'MatMul', [answer, builder.constant('answers', [width, 3], answers)]);
  builder.output('logits', 'float32', [1, 3]);
  builder.output(attention, 'float32', [grid * grid]);
}

/** `[width, 3]`: the output projection's columns of entailment, neutral, contradiction, which are the table's rows. */
function answerColumns({ weights, shape }: JudgeContext): Float32Array {
  const { answerIds, vocabSize, width } = shape;
  const table = weights('encoder.embed_tokens.weight', [vocabSize, width]);
  const rows = new Float32Array(3 * width);
  for (const [row, id] of answerIds.entries()) {
    rows.set(table.subarray(id * width, (id + 1) * width), row * width);
  }
  return transpose(rows, 3, width);
}

/** Adds the embedding of the token's kind (0 text, 1 picture) and normalises. */
function typedEmbedding(
  context: JudgeContext,
  input: string,
  { type, norm }: { readonly type: 0 | 1; readonly norm: string },
): string {
  const { builder, weights, shape } = context;
  const table = weights('encoder.type_embedding.weight', [2, shape.width]);
  const row = table.slice(type * shape.width, (type + 1) * shape.width);
  const added = builder.node(`${input}.typed`, 'Add', [
    input,
    builder.constant(`${input}.type`, [shape.width], row),
  ]);
  return layerNorm(context, added, norm);
}
