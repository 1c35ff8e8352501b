import type { Rgb } from '../../colours.ts';
import type { Random } from '../../random.ts';
import type { Place, Scene } from '../../scene.ts';
import { type Canvas, paintCanvas } from '../canvas.ts';
import { mix } from './mix.ts';

/** Ground near and far; beaches have the sea between sand and sky. */
const GROUNDS: Readonly<Record<Place, readonly [near: Rgb, far: Rgb]>> = {
  meadow: [
    [96, 170, 70],
    [150, 205, 110],
  ],
  beach: [
    [240, 220, 165],
    [225, 200, 140],
  ],
  desert: [
    [224, 160, 84],
    [240, 190, 120],
  ],
  snow: [
    [250, 252, 255],
    [222, 232, 244],
  ],
};
const SEA: Rgb = [40, 130, 190];
const SKIES = {
  day: [
    [110, 180, 240],
    [205, 232, 250],
  ],
  night: [
    [8, 12, 40],
    [34, 40, 92],
  ],
} as const satisfies Readonly<Record<Scene['time'], readonly [Rgb, Rgb]>>;
const NIGHT: Rgb = [10, 14, 50];
/** How much of the ground's colour the night takes. */
const NIGHT_SHARE = 0.52;
const LIGHTS = { day: [255, 225, 90], night: [240, 240, 215] } as const;

/** Paints a place under its sky, with the sun or the moon in a corner, and the stars at night. */
export function paintLandscape(scene: Scene, place: Place, random: Random): Canvas {
  const { side, time } = scene;
  const horizon = random.between(0.42, 0.6);
  const hills = place === 'beach' || place === 'snow' ? 0.012 : random.between(0.02, 0.06);
  const [swing, start] = [random.between(3, 9), random.between(0, 6)];
  const sea = random.between(0.1, 0.18);
  const light = {
    x: random.chance(0.5) ? random.between(0.06, 0.2) : random.between(0.8, 0.94),
    y: random.between(0.07, 0.14),
    radius: random.between(0.05, 0.07),
  };
  const stars = Array.from({ length: time === 'night' ? 24 : 0 }, () => [
    random.below(side),
    random.below(Math.floor(side * (horizon - 0.1))),
  ]);
  const starred = new Set(stars.map(([x, y]) => `${x},${y}`));
  const [near, far] = GROUNDS[place];
  return paintCanvas(side, (x, y) => {
    const edge = horizon + hills * Math.sin(x * swing + start);
    if (y < (place === 'beach' ? horizon : edge)) {
      if (Math.hypot(x - light.x, y - light.y) < light.radius) return LIGHTS[time];
      if (starred.has(`${Math.floor(x * side)},${Math.floor(y * side)}`)) return [225, 225, 240];
      return mix(SKIES[time][0], SKIES[time][1], y / horizon);
    }
    const ground =
      place === 'beach' && y < edge + sea
        ? SEA
        : mix(far, near, Math.min(1, (y - edge) / (1 - horizon)));
    return time === 'night' ? mix(ground, NIGHT, NIGHT_SHARE) : ground;
  });
}
