import { writeFile } from 'node:fs/promises';
import { describeEvaluation } from './eval/describe-evaluation.ts';
import { evaluate } from './eval/evaluate.ts';
import { picturesIn } from './eval/input/read-picture.ts';
import { parseOptions } from './eval/parse-options.ts';
import { publishedFigures } from './eval/published-figures.ts';
import { writeReport } from './eval/report/write-report.ts';
import { runCommand } from './lib/run-command.ts';

await runCommand(async (args) => {
  const options = parseOptions(args);
  const evaluation = await evaluate(options);
  if (options.report !== null) {
    await writeFile(options.report, await writeReport(evaluation, picturesIn(options.images)));
    console.error(`report: ${options.report}`);
  }
  if (!options.json) {
    console.log(describeEvaluation(evaluation, process.stdout));
    return;
  }
  const { data, model, against, summary } = evaluation;
  const { skipped } = data;
  const { by_label, by_kind, confusion, against: share, ...overall } = summary;
  const output = {
    model,
    data: data.file,
    ...overall,
    ...(against !== null && { against: { model: against, ...share } }),
    skipped,
    by_label,
    by_kind,
    confusion,
    published: publishedFigures(evaluation) ?? undefined,
  };
  console.log(JSON.stringify(output, null, 2));
});
