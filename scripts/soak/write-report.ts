import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lineChart } from '../bench/line-chart.ts';
import type { Machine } from '../bench/machine.ts';
import { markdownTables } from '../lib/table.ts';
import { CAPACITY, MANNERS } from './ladder.ts';
import type { SoakSummary } from './summary.ts';
import { soakTables } from './tables.ts';

const COLOURS = {
  patient: '#3b7dd8',
  hostile: '#c0392b',
  rest: '#7fb069',
  peak: '#6a4bb5',
} as const;

/** Writes `soak.md` into a folder, its charts and the values behind them. */
export async function writeReport(
  folder: string,
  summary: SoakSummary,
  machine: Machine,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'goodput.svg'), goodputChart(summary));
  await writeFile(join(folder, 'memory.svg'), memoryChart(summary));
  const values = JSON.stringify({ machine, ...summary }, null, 1);
  await writeFile(join(folder, 'soak.json'), `${values}\n`);
  await writeFile(join(folder, 'soak.md'), page(summary, machine));
}

function page(summary: SoakSummary, machine: Machine): string {
  const { workerd } = machine.versions;
  return `# Soak

What \`npm run soak -- --report\` found; this page is written by it. ${machine.date}, ${machine.cpu}, ${machine.cores} cores, workerd ${workerd}, model ${summary.model}. The clients share the machine with the Worker. Raw values: [soak.json](soak.json).

An isolate takes ${CAPACITY} requests at a time, one that computes and those that wait; the last step of the ladder is eight times that. Each client has one question at a time, about a picture in a file that is new to the Worker, and thinks for up to 20 ms before the next. Refused, a *patient* one waits as Retry-After says, a *hostile* one asks again at once. Steps take turns, round by round. *Per CPU second*: right answers for each second that workerd computed, so that what else runs on the machine is not in it; the promise of goodput is judged by it. *Queue*: requests on their way to an answer, on average, by Little's law.

![Right answers a second by clients](goodput.svg)

![Memory by requests](memory.svg)

*At rest*: JavaScript, buffers and WASM after a collection of garbage. *Peak*: the same with the most WASM memory that was there at the end of a request, not collected garbage included; bodies come on top. *Resident*: the whole process of workerd, local bucket and cache included, now and at most.

${markdownTables(soakTables(summary))}
`;
}

function goodputChart({ ladder }: SoakSummary): string {
  const lines = MANNERS.map((manners) => ({
    name: `${manners} clients`,
    colour: COLOURS[manners],
    points: ladder.steps
      .filter((step) => step.manners === manners)
      .map(({ clients, perSecond }) => ({ x: clients, y: perSecond })),
  }));
  const title = 'Right answers a second';
  return lineChart({ title, xName: 'clients at a time', unit: '/s', lines, logarithmic: true });
}

function memoryChart({ mixed }: SoakSummary): string {
  const line = (key: 'rest' | 'peak', name: string) => ({
    name,
    colour: COLOURS[key],
    points: mixed.ledgers.map((ledger) => ({ x: ledger.requests, y: ledger[key] })),
  });
  const lines = [line('peak', 'peak so far'), line('rest', 'at rest')];
  return lineChart({ title: 'Memory of the isolate', xName: 'mixed requests', unit: 'MiB', lines });
}
