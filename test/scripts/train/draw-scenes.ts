import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { temporaryFolder } from '../../lib/temporary-folder.ts';

const COLOURS = { red: [220, 30, 30], green: [30, 160, 40], blue: [40, 60, 220] } as const;
type Colour = keyof typeof COLOURS;
const NAMES = Object.keys(COLOURS).filter((name): name is Colour => name in COLOURS);

/** A line of pairs.jsonl and one of mentions.jsonl. */
export interface DrawnPair {
  readonly image: string;
  readonly hypothesis: string;
  readonly premise: string | null;
  readonly label: 'entailment' | 'neutral' | 'contradiction';
  readonly kind: string;
  /** What each phrase may speak of: places in the scene's objects. */
  readonly mentions: readonly (readonly number[])[];
}

/**
 * Writes a scenes folder: a square on grey in each image, three sentences about it.
 *
 * @param count Images; the same every time.
 * @param side Pixels a side.
 */
export function drawScenes(
  count: number,
  side: number,
): { readonly folder: string; readonly pairs: readonly DrawnPair[] } {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'images'));
  const pairs: DrawnPair[] = [];
  const scenes: object[] = [];
  for (let index = 0; index < count; index++) {
    const image = `${String(index).padStart(6, '0')}.png`;
    const colour = NAMES[index % 3] ?? 'red';
    const other = NAMES[(index + 1) % 3] ?? 'red';
    const box = {
      x: (index * 7) % (side - 20),
      y: (index * 11) % (side - 20),
      width: 20,
      height: 20,
    };
    writeFileSync(join(folder, 'images', image), drawSquare(side, box, COLOURS[colour]));
    const background = index % 2 === 0 ? 'plain' : 'meadow';
    const objects = [{ noun: 'square', colour, ...box }];
    scenes.push({ image, background, time: 'night', greyscale: index % 3 === 0, objects });
    const premise = index % 4 === 0 ? 'a picture with one square.' : null;
    const about = (
      hypothesis: string,
      answer: Pick<DrawnPair, 'label' | 'kind'>,
      ...mentions: number[][]
    ) => pairs.push({ image, hypothesis, premise, ...answer, mentions });
    about(`there is a ${colour} square.`, { label: 'entailment', kind: 'colour' }, [0]);
    about(`there is a ${other} square.`, { label: 'contradiction', kind: 'colour' }, []);
    about('this may be late.', { label: 'neutral', kind: 'unknowable' });
  }
  writeFileSync(join(folder, 'scenes.jsonl'), lines(scenes));
  writeFileSync(join(folder, 'pairs.jsonl'), lines(pairs.map(({ mentions: _, ...pair }) => pair)));
  writeFileSync(join(folder, 'mentions.jsonl'), lines(pairs.map(({ mentions }) => mentions)));
  return { folder, pairs };
}

function lines(values: readonly object[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('');
}

function drawSquare(
  side: number,
  box: { readonly x: number; readonly y: number; readonly width: number },
  [red, green, blue]: readonly [number, number, number],
): Buffer {
  const png = new PNG({ width: side, height: side });
  png.data.fill(128);
  for (let i = 0; i < side * side; i++) {
    png.data[4 * i + 3] = 255;
    const [x, y] = [(i % side) - box.x, Math.floor(i / side) - box.y];
    if (x >= 0 && y >= 0 && x < box.width && y < box.width) {
      png.data.set([red, green, blue], 4 * i);
    }
  }
  return PNG.sync.write(png);
}
