import type { OrtTensor } from './ort-tensor.ts';

/** What can run vision: our own kernels, or onnxruntime-web. */
export type VisionBackend = 'kernels' | 'onnxruntime';

/** The first stage, whatever runs it. */
export interface VisionStage {
  readonly backend: VisionBackend;
  /**
   * Encodes a picture.
   *
   * @param pixels `[side, side, 3]`, RGB, 0-255, row-major.
   * @returns Image tokens `[patches, width]` in the runtime's heap, the caller's to release.
   * @throws {EntailError} `internal`: not as many values as the model takes; `runtime_dead`.
   */
  encode(pixels: Uint8Array): Promise<OrtTensor>;
  /**
   * Encodes the self-test picture, as small a one as takes every weight.
   *
   * @returns As `encode()`.
   */
  encodeTest(): Promise<OrtTensor>;
  /**
   * A place for tokens, as `encode()` gives it; its values are whatever was there.
   *
   * @returns As `encode()`.
   */
  place(): OrtTensor;
  /** Gives the weights back. */
  release(): void;
}
