import { drawnPixels } from '../bench/drawn-picture.ts';
import type { EncodeJpeg } from '../bench/jpeg-encoder.ts';
import type { SoakRequest } from './send.ts';
import { unlike } from './unlike.ts';

/** A question whose picture is a new file each time; the answers to a kind are all the same. */
export interface Question {
  readonly kind: string;
  make(n: number): SoakRequest;
}

const SIDES = [
  [480, 360],
  [640, 480],
  [800, 600],
] as const;
const HYPOTHESES = ['there are two birds.', 'a dog is to the left of a red car.'];

/** What the clients of the ladder ask: small pictures, as most are, each new to the Worker. */
export function ladderQuestions(encode: EncodeJpeg): Question[] {
  return SIDES.flatMap(([width, height]) => {
    const jpeg = encode(drawnPixels(width, height), width, height);
    return HYPOTHESES.map((hypothesis) => ({
      kind: `${width} x ${height}: ${hypothesis}`,
      make: (n: number) => ({
        path: `/v1/entail?${new URLSearchParams({ hypothesis })}`,
        headers: { 'Content-Type': 'image/jpeg' },
        body: unlike(jpeg, n),
      }),
    }));
  });
}
