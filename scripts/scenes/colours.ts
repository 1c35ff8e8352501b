/** Red, green, blue, 0-255 each. */
export type Rgb = readonly [number, number, number];

/** The colours that recolourable things take: far apart for the eye, and no noun's name. */
export const COLOURS = {
  red: [216, 36, 40],
  yellow: [250, 204, 30],
  green: [46, 158, 58],
  blue: [36, 98, 222],
  purple: [126, 56, 176],
  pink: [250, 130, 186],
} as const satisfies Readonly<Record<string, Rgb>>;

/** The name of a colour. */
export type Colour = keyof typeof COLOURS;

/** All names, in the table's order. */
export const COLOUR_NAMES: readonly [Colour, ...Colour[]] = [
  'red',
  'yellow',
  'green',
  'blue',
  'purple',
  'pink',
];
