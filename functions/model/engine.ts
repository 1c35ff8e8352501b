import type { VisionBackend } from './vision-stage.ts';

/** The image as the judge sees it: one row per 16-pixel cell, row-major, kept where the engine made it. */
export interface ImageTokens {
  /** Rows, `(side / 16)^2`. */
  readonly patches: number;
  /** Columns: the model's width d. */
  readonly width: number;
  /** A copy, `[patches, width]`. */
  toArray(): Float32Array;
  /** Gives the memory back; the tokens must not be used afterwards. */
  release(): void;
}

/** Token ids of one question, as `encodeQuestion()` makes them. */
export interface PromptIds {
  /** The encoder's ids, `<s>` ... `</s>`. */
  readonly encoder: readonly number[];
  /** The decoder's ids; the answer is read at the last one. */
  readonly decoder: readonly number[];
}

/** One value per class; scores sum to 1, logits are what was soft-maxed. */
export interface ByLabel {
  readonly entailment: number;
  readonly neutral: number;
  readonly contradiction: number;
}

/** The logits of a question, and where in the picture the decoder looked when it answered. */
export interface Explained {
  readonly logits: ByLabel;
  /**
   * Cross-attention of the answer's position to each cell of the picture, `[patches]`, row-major: the mean over all
   * decoder layers and their heads. The words of the prompt have the rest of the 1 that it would sum to.
   */
  readonly attention: Float32Array;
}

/** The model's two stages; nothing outside `functions/model` knows what runs them. */
export interface Engine {
  /** What runs the first stage. */
  readonly vision: VisionBackend;
  /**
   * First stage, depends on the image alone.
   *
   * @param pixels `[side, side, 3]`, RGB, 0-255, row-major.
   */
  encodeImage(pixels: Uint8Array): Promise<ImageTokens>;
  /**
   * Takes tokens that an engine with the same weights made, in place of encoding the image again.
   *
   * @param values `[patches, width]`.
   */
  restoreImage(values: Float32Array): Promise<ImageTokens>;
  /** The first stage on the self-test picture, as small a one as takes every weight. */
  encodeTestImage(): Promise<ImageTokens>;
  /** Second stage: the logits of the three answers. */
  judge(tokens: ImageTokens, prompt: PromptIds): Promise<ByLabel>;
  /** Second stage, and where it looked. */
  explain(tokens: ImageTokens, prompt: PromptIds): Promise<Explained>;
  /** Bytes of the runtime's WASM memory, for the ledger. */
  heapBytes(): number;
  /** Gives sessions and weights back to the runtime; the engine must not be used afterwards. */
  release(): void;
}
