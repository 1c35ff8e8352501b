import type { Rgb } from '../colours.ts';
import type { Raster } from './raster.ts';

/** Greyer pixels than this (chroma, 0-255) are tyres, pages and outlines: they stay. */
const MIN_CHROMA = 48;
/** Hues this near to the main one, in degrees, are the same paint in light and shade. */
const MAX_HUE_DISTANCE = 50;
const HUE_BINS = 36;

/**
 * Paints the main colour of a picture anew, light and shade kept.
 *
 * @param picture Premultiplied RGBA.
 * @param colour What the main colour becomes.
 */
export function recolour(picture: Raster, colour: Rgb): Raster {
  const pixels = Array.from({ length: picture.width * picture.height }, (_, at) =>
    readPixel(picture.data, at * 4),
  );
  const main = mainHue(pixels);
  const painted = pixels.map(
    ({ hue, chroma }) => chroma >= MIN_CHROMA && hueDistance(hue, main) <= MAX_HUE_DISTANCE,
  );
  const lights = pixels.filter((_, at) => painted[at]).map(({ light }) => light);
  const meanLight = lights.reduce((sum, light) => sum + light, 0) / lights.length;
  const data = Uint8Array.from(picture.data);
  for (const [at, { alpha, light }] of pixels.entries()) {
    if (!painted[at]) continue;
    const shade = light / meanLight;
    for (const [channel, target] of colour.entries()) {
      const shaded =
        shade <= 1 ? target * shade : target + (255 - target) * Math.min(1, (shade - 1) / 2);
      data[at * 4 + channel] = Math.round((shaded * alpha) / 255);
    }
  }
  return { ...picture, data };
}

interface Pixel {
  readonly alpha: number;
  /** Degrees. */
  readonly hue: number;
  /** Largest channel less smallest, 0-255. */
  readonly chroma: number;
  /** Largest channel: it stays even while paint is in shade. */
  readonly light: number;
}

function readPixel(data: Uint8Array, at: number): Pixel {
  const alpha = data[at + 3] ?? 0;
  if (alpha === 0) return { alpha, hue: 0, chroma: 0, light: 0 };
  const channel = (offset: number) => Math.min(255, ((data[at + offset] ?? 0) * 255) / alpha);
  const [red, green, blue] = [channel(0), channel(1), channel(2)];
  const light = Math.max(red, green, blue);
  const chroma = light - Math.min(red, green, blue);
  if (chroma === 0) return { alpha, hue: 0, chroma, light };
  const sector =
    light === red
      ? (green - blue) / chroma
      : light === green
        ? 2 + (blue - red) / chroma
        : 4 + (red - green) / chroma;
  return { alpha, hue: (sector * 60 + 360) % 360, chroma, light };
}

function mainHue(pixels: readonly Pixel[]): number {
  const bins = new Array<number>(HUE_BINS).fill(0);
  for (const { hue, chroma, alpha } of pixels) {
    if (chroma < MIN_CHROMA) continue;
    const bin = Math.floor((hue / 360) * HUE_BINS) % HUE_BINS;
    bins[bin] = (bins[bin] ?? 0) + alpha;
  }
  return ((bins.indexOf(Math.max(...bins)) + 0.5) * 360) / HUE_BINS;
}

function hueDistance(a: number, b: number): number {
  const distance = Math.abs(a - b) % 360;
  return Math.min(distance, 360 - distance);
}
