/** Stops of the colour map, least to most: [red, green, blue, alpha], 0-255. */
const STOPS: readonly (readonly [number, number, number, number])[] = [
  [60, 12, 80, 0],
  [150, 30, 95, 115],
  [236, 100, 40, 155],
  [255, 200, 60, 175],
  [255, 250, 200, 190],
];

/**
 * Gets the colour of a weight: a glow from nothing over violet and orange to near white, so that lightness alone tells
 * the order. It lies on a picture that is made dark and grey, which is why it works on any.
 *
 * @param share Of the largest weight, 0 to 1.
 * @returns Red, green, blue, alpha; 0-255.
 */
export function glow(share: number): readonly [number, number, number, number] {
  const place = Math.min(Math.max(share, 0), 1) * (STOPS.length - 1);
  const index = Math.min(Math.floor(place), STOPS.length - 2);
  const [from, to] = [STOPS[index] ?? BLACK, STOPS[index + 1] ?? BLACK];
  const mix = (channel: 0 | 1 | 2 | 3) =>
    Math.round(from[channel] + (to[channel] - from[channel]) * (place - index));
  return [mix(0), mix(1), mix(2), mix(3)];
}

const BLACK = [0, 0, 0, 0] as const;
