import { type Normalisation, normalisePixels } from '../../functions/model/normalise-pixels.ts';
import type { OrtRuntime } from '../../functions/model/ort-runtime.ts';
import { type PixelCode, pixelCodes } from '../../functions/model/pixel-codes.ts';
import type { GraphBuilder } from '../convert/graph/graph-builder.ts';
import { ROUNDED_PIXELS } from './emulated-vision.ts';
import { type Noise, PROBE, readProbe } from './probe.ts';

/** A vision graph, ready to be run. */
export interface OpenVision {
  /**
   * Encodes a picture.
   *
   * @param picture `[side, side, 3]`, RGB, 0-255.
   * @returns Image tokens `[patches, width]`, and what the graph's probe found, null where it has none.
   */
  encode(
    picture: Uint8Array,
  ): Promise<{ readonly tokens: Float32Array; readonly noise: Noise | null }>;
  release(): void;
}

/** Loads a vision graph that was just written. */
export async function openVision(
  runtime: OrtRuntime,
  builder: GraphBuilder,
  {
    location,
    side,
    normalisation,
    probed,
    roundedPixels,
  }: {
    /** What the builder calls the weights. */
    readonly location: string;
    readonly side: number;
    readonly normalisation: Normalisation;
    readonly probed: boolean;
    /** Whether the stem is in int8 and reads the picture's bytes. */
    readonly roundedPixels: boolean;
  },
): Promise<OpenVision> {
  const { graph, weights } = builder.encode();
  const session = await runtime.createSession(graph, { location, bytes: weights });
  const pixels = runtime.allocate([1, 3, side, side]);
  const rounded = runtime.allocate(pixels.shape);
  const inputs = roundedPixels ? { pixels, [ROUNDED_PIXELS]: rounded } : { pixels };
  return {
    async encode(picture) {
      normalisePixels(picture, normalisation, pixels.view());
      if (roundedPixels) roundPixels(picture, pixelCodes(normalisation), rounded.view());
      const outputs = await session.runAll(
        inputs,
        probed ? ['image_tokens', PROBE] : ['image_tokens'],
      );
      const [tokens, noise] = outputs.map((output) => output.view().slice());
      for (const output of outputs) output.release();
      if (tokens === undefined) throw new RangeError('the vision graph gave no tokens');
      return { tokens, noise: noise === undefined ? null : readProbe(noise) };
    },
    release() {
      pixels.release();
      rounded.release();
      session.release();
    },
  };
}

/** The picture as the kernels' stem reads it, channels first. */
function roundPixels(picture: Uint8Array, codes: readonly PixelCode[], out: Float32Array): void {
  const plane = picture.length / codes.length;
  codes.forEach(({ table, zero, scale }, channel) => {
    for (let at = 0; at < plane; at++) {
      const level = picture[at * codes.length + channel] ?? 0;
      out[channel * plane + at] = ((table[level] ?? 0) - zero) * scale;
    }
  });
}
