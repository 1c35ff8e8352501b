import { drawnPicture, drawnPixels } from './drawn-picture.ts';
import { createJpegEncoder } from './jpeg-encoder.ts';

/** A picture to be measured with. */
export interface PictureCase {
  readonly name: string;
  readonly megapixels: number;
  readonly file: Uint8Array<ArrayBuffer>;
}

/** Sides of pictures from 0.2 megapixels up to about the most that a baseline JPEG may have. */
const JPEG_SIDES = [
  [520, 390],
  [1156, 867],
  [1632, 1224],
  [2312, 1734],
  [3264, 2448],
  [3456, 2592],
] as const;

/** Pictures by size: baseline JPEGs as cameras write them, and what else costs memory. */
export async function pictureCases(): Promise<PictureCase[]> {
  const encode = await createJpegEncoder();
  const jpegs = JPEG_SIDES.map(([width, height]) => ({
    name: 'JPEG',
    megapixels: (width * height) / 1e6,
    file: encode(drawnPixels(width, height), width, height),
  }));
  const [width, height] = [2176, 1632];
  const pixels = drawnPixels(width, height);
  const megapixels = (width * height) / 1e6;
  return [
    ...jpegs,
    {
      name: 'progressive JPEG 4:4:4',
      megapixels,
      file: encode(pixels, width, height, { progressive: true, chroma_subsample: 1 }),
    },
    { name: 'PNG', megapixels: (2000 * 1500) / 1e6, file: drawnPicture(2000, 1500) },
  ];
}

/** Prompts by length. */
export const PROMPT_CASES: readonly {
  readonly name: string;
  readonly hypothesis: string;
  readonly premise?: string;
}[] = [
  { name: 'short', hypothesis: 'a dog.' },
  { name: 'middle', hypothesis: 'a dog runs over grass.' },
  { name: 'longest', hypothesis: 'a dog runs. '.repeat(40) },
  { name: 'with a premise', hypothesis: 'a dog.', premise: 'a park in spring' },
];

/** The n-th of as many pictures as are wanted: each another file. */
export function freshPicture(n: number): Uint8Array<ArrayBuffer> {
  return drawnPicture(520 + (n % 40), 390 + Math.floor(n / 40));
}
