import type { ModelConfig } from './checkpoint/model-config.ts';
import type { JudgeShape } from './graph/judge-context.ts';
import { patchGrid, type VisionShape } from './graph/vision-graph.ts';

/** `<s>` and `</s>` stand around the source tokens. */
const FRAME_TOKENS = 2;

/** The vision stage's dimensions. */
export function visionShape(config: ModelConfig): VisionShape {
  const { resnetBlocks, imageSide, width } = config;
  return { resnetBlocks, imageSide, width, embedScale: embedScale(config) };
}

/**
 * The judge's dimensions.
 *
 * @param answerIds Tokens of entailment, neutral, contradiction.
 */
export function judgeShape(
  config: ModelConfig,
  answerIds: readonly [number, number, number],
): JudgeShape {
  return {
    ...config,
    grid: patchGrid(config.imageSide),
    maxTokens: Math.min(config.maxSourceLength + FRAME_TOKENS, config.maxPositions),
    answerIds,
  };
}

/** What embeddings are multiplied with before their norm. */
export function embedScale(config: ModelConfig): number {
  return config.scaleEmbedding ? Math.sqrt(config.width) : 1;
}
