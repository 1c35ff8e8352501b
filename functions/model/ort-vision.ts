import { type Normalisation, normalisePixels } from './normalise-pixels.ts';
import type { OrtRuntime } from './ort-runtime.ts';
import type { OrtSession } from './ort-session.ts';
import type { VisionStage } from './vision-stage.ts';

/**
 * Vision as an ONNX graph: all of fp32, and int8 where the kernels' instructions are missing.
 *
 * @param session The loaded graph; released with the stage.
 */
export function createOrtVision(
  runtime: OrtRuntime,
  session: OrtSession,
  image: Normalisation & { readonly side: number },
): VisionStage {
  return {
    backend: 'onnxruntime',
    async encode(pixels) {
      const input = runtime.allocate([1, 3, image.side, image.side]);
      try {
        normalisePixels(pixels, image, input.view());
        return await session.run({ pixels: input }, 'image_tokens');
      } finally {
        input.release();
      }
    },
    release: () => session.release(),
  };
}
