import { writeFile } from 'node:fs/promises';
import { createOrtRuntime } from '../../../functions/model/ort-runtime.ts';
import { readPictures } from '../../../scripts/convert/read-pictures.ts';
import { inspectRanges } from '../../../scripts/inspect/inspect-ranges.ts';
import type { RangeReport, SiteReport } from '../../../scripts/inspect/inspection-report.ts';
import { askReference } from '../../../scripts/inspect/reference.ts';
import { nodeModules } from '../../../scripts/lib/node-modules.ts';
import { syntheticSource } from '../synthetic-source.ts';
import { drawBackbones } from './draw-backbones.ts';
import { type BackboneFault, faultyBackbone } from './faulty-backbone.ts';

/**
 * Compares ranges on full-size backbones that are off in several ways, in about ten minutes:
 * `node test/lib/statistics/compare-backbones.ts PICTURES OUT` reads twelve pictures and writes OUT.json and OUT.svg.
 */
const [, , folder = '', out = ''] = process.argv;
const FAULTS: Readonly<Record<string, BackboneFault>> = {
  'statistics of the pictures': { heavyTails: false, most: 1 },
  'deviations off by up to 1.5': { heavyTails: false, most: 1.5 },
  'deviations off by up to 3': { heavyTails: false, most: 3 },
  'a few gammas 4 to 16 times as large': { heavyTails: true, most: 1 },
  'both, deviations off by up to 1.5': { heavyTails: true, most: 1.5 },
};
const PICTURES = 12;
/** Ids of four prompts; what they mean does not matter, nothing was trained. */
const PROMPTS = [
  [2071, 16, 6477],
  [38, 9, 22, 480, 33, 12],
  [9071, 64],
  [4, 399, 28, 5, 1144],
];

const runtime = await createOrtRuntime(await nodeModules(), 1);
const { imageSide: side } = syntheticSource('full').config;
const named = await readPictures(folder, { side, most: PICTURES, modules: await nodeModules() });
const pictures = named.map(({ pixels }) => pixels);
const calibration = pictures.filter((_, index) => index % 2 === 0);
const asked = pictures.filter((_, index) => index % 2 === 1);
const questions = asked.flatMap((_, picture) =>
  PROMPTS.map((ids) => {
    const decoder = [0, ...ids];
    return { picture, prompt: { encoder: [...decoder, 2], decoder }, label: null };
  }),
);
const found: { backbone: string; ranges: readonly RangeReport[]; sites: readonly SiteReport[] }[] =
  [];
for (const [backbone, fault] of Object.entries(FAULTS)) {
  const inspection = {
    source: await faultyBackbone('full', fault, { runtime, pictures: calibration }),
    set: { pictures: asked, questions, calibration },
    runtime,
    onProgress: () => {},
  };
  const reference = await askReference(inspection);
  const { ranges, sites } = await inspectRanges(inspection, reference, 'batch-norm');
  found.push({ backbone, ranges, sites });
  for (const { choice, tokens_db: tokens, answers_db: answers, flips, largest } of ranges) {
    const cells = [tokens, answers, flips, largest].map((value) => value.toFixed(2).padStart(8));
    console.log(backbone.padEnd(40), choice.padEnd(14), ...cells);
  }
}
await writeFile(
  `${out}.json`,
  `${JSON.stringify({ questions: questions.length, found }, null, 1)}\n`,
);
await writeFile(`${out}.svg`, drawBackbones(found));
