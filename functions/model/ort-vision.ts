import { type Normalisation, normalisePixels } from './normalise-pixels.ts';
import type { OrtRuntime } from './ort-runtime.ts';
import type { OrtSession } from './ort-session.ts';
import type { OrtTensor } from './ort-tensor.ts';
import { selfTestPixels } from './self-test-pixels.ts';
import type { VisionStage } from './vision-stage.ts';

/**
 * Vision as an ONNX graph: all of fp32, and int8 where the kernels' instructions are missing.
 *
 * @param session The loaded graph; released with the stage.
 */
export function createOrtVision(
  runtime: OrtRuntime,
  session: OrtSession,
  {
    image,
    tokens,
  }: {
    readonly image: Normalisation & { readonly side: number };
    /** Shape of the image tokens, `[patches, width]`. */
    readonly tokens: readonly [number, number];
  },
): VisionStage {
  async function encode(pixels: Uint8Array): Promise<OrtTensor> {
    const input = runtime.allocate([1, 3, image.side, image.side]);
    try {
      normalisePixels(pixels, image, input.view());
      return await session.run({ pixels: input }, 'image_tokens');
    } finally {
      input.release();
    }
  }
  return {
    backend: 'onnxruntime',
    encode,
    // A graph takes pictures of one size.
    encodeTest: () => encode(selfTestPixels(image.side)),
    place: () => runtime.allocate(tokens),
    release: () => session.release(),
  };
}
