import type { Rgb } from '../../colours.ts';
import type { Random } from '../../random.ts';
import type { Scene } from '../../scene.ts';
import { type Canvas, paintCanvas } from '../canvas.ts';
import { mix } from './mix.ts';

/** Pale or deep, so that things of full colour stand out. */
const LIGHT_RANGES = { day: [195, 252], night: [10, 62] } as const;
/** Half the width of the noise, 0-255. */
const NOISE = 18;

/** Paints a background that is no place: plain, a gradient, stripes, or noise. */
export function paintBackdrop({ side, background, time }: Scene, random: Random): Canvas {
  const [low, high] = LIGHT_RANGES[time];
  const tone = (): Rgb => [
    random.between(low, high),
    random.between(low, high),
    random.between(low, high),
  ];
  const [first, second] = [tone(), tone()];
  const angle = random.between(0, 2 * Math.PI);
  const [across, down] = [Math.cos(angle), Math.sin(angle)];
  const along = (x: number, y: number) => (x - 0.5) * across + (y - 0.5) * down;
  const stripes = random.between(2, 6);
  return paintCanvas(side, (x, y) => {
    switch (background) {
      case 'gradient':
        return mix(first, second, along(x, y) + 0.5);
      case 'stripes':
        return mix(first, second, 0.25 + 0.2 * Math.sin(along(x, y) * stripes * 2 * Math.PI));
      case 'noise': {
        const noise = () => random.between(-NOISE, NOISE);
        return [first[0] + noise(), first[1] + noise(), first[2] + noise()];
      }
      default:
        return first;
    }
  });
}
