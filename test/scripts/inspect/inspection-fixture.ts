import { selfTestPixels } from '../../../functions/model/self-test-pixels.ts';
import type { Inspection } from '../../../scripts/inspect/inspection.ts';
import { countingRuntime } from '../../functions/model/counting-runtime.ts';
import { nodeRuntime } from '../../lib/node-runtime.ts';
import { syntheticSource } from '../../lib/synthetic-source.ts';

/** The micro synthetic model with three drawn pictures, two questions about each. */
export async function microInspection(): Promise<
  Inspection & { readonly runtime: ReturnType<typeof countingRuntime> }
> {
  const source = syntheticSource('micro');
  const pictures = [1, 2, 3].map((variant) => selfTestPixels(source.config.imageSide, variant));
  const questions = pictures.flatMap((_, picture) =>
    [
      [0, 57, 4300, 900, 2],
      [0, 9, 2],
    ].map((encoder) => ({
      picture,
      prompt: { encoder, decoder: encoder.slice(0, -1) },
      label: null,
    })),
  );
  return {
    source,
    set: { pictures, questions, calibration: pictures },
    runtime: countingRuntime(await nodeRuntime()),
    onProgress: () => {},
  };
}
