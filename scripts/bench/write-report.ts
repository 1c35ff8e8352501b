import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { markdownTables } from '../lib/table.ts';
import { barChart } from './bar-chart.ts';
import type { Machine } from './machine.ts';
import { STAGES } from './stage-times.ts';
import { type BenchSummary, median, typicalColdStart } from './summarise.ts';
import { benchTables } from './tables.ts';

const COLOURS = {
  header: '#999',
  decode: '#e6a03c',
  resize: '#c9c233',
  vision: '#3b7dd8',
  judge: '#6a4bb5',
  wasm: '#3b7dd8',
  rest: '#7fb069',
  step: '#3b7dd8',
} as const;
/** What the project allows itself of the platform's 128 MB. */
const LIMIT_MIB = 120;

/** Writes `performance.md` into a folder, its charts and the raw values beside it. */
export async function writeReport(
  folder: string,
  summary: BenchSummary,
  machine: Machine,
): Promise<void> {
  const own = join(folder, 'performance');
  await mkdir(own, { recursive: true });
  await writeFile(join(own, 'stages.svg'), stagesChart(summary));
  await writeFile(join(own, 'new-isolate.svg'), waterfallChart(summary));
  await writeFile(join(own, 'memory.svg'), memoryChart(summary));
  await writeFile(join(own, 'data.json'), `${JSON.stringify({ machine, ...summary }, null, 1)}\n`);
  await writeFile(join(folder, 'performance.md'), page(summary, machine));
}

function page(summary: BenchSummary, machine: Machine): string {
  const versions = Object.entries(machine.versions).map(([name, version]) => `${name} ${version}`);
  return `# Performance

What \`npm run bench -- --report\` measured; this page is written by it. Full-size OFA-tiny at 480 px with weights from a formula, in workerd, one thread; variants take turns, so compare within a run. Raw values: [data.json](performance/data.json).

${machine.date}, ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGib} GiB; ${versions.join(', ')}. *int8*: vision on our own kernels. *int8, ORT*: vision on onnxruntime-web. *native fp32*: the fp32 graphs on onnxruntime-node, one thread, decoding not counted.

![Milliseconds by stage and variant](performance/stages.svg)

![The load of a new isolate, step by step](performance/new-isolate.svg)

![Memory by picture](performance/memory.svg)

The peak is while a picture is decoded: JavaScript and buffers as after an answer, the runtime's heap, the file, and the codec's memory at its largest.

${markdownTables(benchTables(summary))}
`;
}

function stagesChart({ median: medians, native }: BenchSummary): string {
  const rows = Object.entries(medians).map(([label, ms]) => ({
    label,
    parts: STAGES.map((stage) => ({ value: ms[stage], colour: COLOURS[stage] })),
  }));
  if (native !== null) {
    const parts = (['vision', 'judge'] as const).map((stage) => ({
      value: median(native.map((times) => times[stage])),
      colour: COLOURS[stage],
    }));
    rows.push({ label: 'native fp32', parts });
  }
  const legend = STAGES.map((name) => ({ name, colour: COLOURS[name] }));
  return barChart({ title: 'An answer, stage by stage', unit: 'ms', rows, legend });
}

function waterfallChart({ cold }: BenchSummary): string {
  const typical = typicalColdStart(cold);
  const steps = typical?.load.steps.toSorted((a, b) => a.from - b.from) ?? [];
  const begin = typical?.load.ms ?? 0;
  const first = { name: 'first answer', from: begin, to: begin + (typical?.first.ms.total ?? 0) };
  const rows = [...steps, first].map(({ name, from, to }) => ({
    label: name,
    parts: [
      { value: from, colour: 'none' },
      { value: to - from, colour: COLOURS.step },
    ],
  }));
  return barChart({ title: 'A new isolate', unit: 'ms', rows, legend: [] });
}

function memoryChart({ pictures }: BenchSummary): string {
  const mib = (bytes: number) => bytes / 1024 / 1024;
  const rows = pictures.map(({ name, megapixels, answer, peakMib }) => {
    const [heap, codec] = [mib(answer.heapBytes), mib(answer.codecBytes)];
    return {
      label: `${name}, ${megapixels.toFixed(1)} MP`,
      parts: [
        { value: heap, colour: COLOURS.wasm },
        { value: codec, colour: COLOURS.decode },
        { value: peakMib - heap - codec, colour: COLOURS.rest },
      ],
    };
  });
  const legend = [
    { name: "the runtime's heap", colour: COLOURS.wasm },
    { name: "the codec's memory", colour: COLOURS.decode },
    { name: 'JavaScript and buffers', colour: COLOURS.rest },
  ];
  const mark = { value: LIMIT_MIB, name: `${LIMIT_MIB} MiB` };
  return barChart({ title: 'Memory at its peak, by picture', unit: 'MiB', rows, legend, mark });
}
