import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { createProgress } from './lib/progress.ts';
import { runCommand } from './lib/run-command.ts';
import { userPath } from './lib/user-path.ts';
import { textBaseline } from './scenes/baseline.ts';
import type { MadeScene } from './scenes/make-scenes.ts';
import { parseScenesRequest } from './scenes/parse-scenes-request.ts';
import {
  type PublishedFormat,
  writePublishedFormat,
} from './scenes/published-formats/write-published-format.ts';
import { scenesReport } from './scenes/scenes-report.ts';
import type { Pair } from './scenes/sentences/pair.ts';
import { sheet } from './scenes/sheet.ts';
import { writeScenesFolder } from './scenes/write-scenes-folder.ts';

const USAGE = `npm run scenes -- --out DIR --count N --seed S
  [--split train|test|unseen-style]   train unless told
  [--size PX]                         pixels a side, 128 unless told
  [--format pairs|snli-ve|ofa-tsv]    pairs unless told; the others are SNLI-VE's, with JPEGs
  [--sheet FILE.html]                 a page with the first scenes and their sentences
  [--baseline]                        how well the words alone tell the label`;

/** More make a page that takes long to read and to load. */
const MAX_SHEET_SCENES = 60;

await runCommand(async (args) => {
  const { values } = parseArgs({
    args,
    options: {
      out: { type: 'string' },
      count: { type: 'string' },
      seed: { type: 'string' },
      split: { type: 'string', default: 'train' },
      size: { type: 'string', default: '128' },
      format: { type: 'string', default: 'pairs' },
      sheet: { type: 'string' },
      baseline: { type: 'boolean', default: false },
    },
  });
  if (values.out === undefined || values.count === undefined || values.seed === undefined) {
    throw new Error(`cannot make scenes: --out, --count and --seed are needed\nusage: ${USAGE}`);
  }
  const { out, count, seed, split, size } = values;
  const format = parseFormat(values.format);
  const request = parseScenesRequest({ count, seed, split, size });
  const shown: MadeScene[] = [];
  const pairs: Pair[] = [];
  let done = 0;
  const progress = createProgress();
  const start = performance.now();
  try {
    const folder = userPath(out);
    const onScene = (scene: MadeScene) => {
      if (shown.length < MAX_SHEET_SCENES) shown.push(scene);
      pairs.push(...scene.pairs);
      done += 1;
      progress.show('scenes', done, request.count);
    };
    if (format === 'pairs') await writeScenesFolder(folder, request, onScene);
    else await writePublishedFormat({ folder, format }, request, onScene);
  } finally {
    progress.stop();
  }
  const seconds = (performance.now() - start) / 1000;
  console.log(scenesReport(pairs));
  console.log(
    `wrote ${done} scenes with ${pairs.length} sentences to ${out} (${seconds.toFixed(1)} s)`,
  );
  if (values.sheet !== undefined) {
    const title = `${split} scenes, seed ${seed}`;
    await writeFile(userPath(values.sheet), sheet(title, shown));
  }
  if (values.baseline) {
    const { accuracy, pairs: asked } = textBaseline(pairs);
    console.log(`words alone: ${(100 * accuracy).toFixed(1)} % of ${asked} labels right`);
  }
});

function parseFormat(asked: string): 'pairs' | PublishedFormat {
  if (asked === 'pairs' || asked === 'snli-ve' || asked === 'ofa-tsv') return asked;
  throw new Error(
    `cannot make scenes: --format is ${asked}, expected one of pairs, snli-ve, ofa-tsv`,
  );
}
