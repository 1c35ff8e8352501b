import { writeFile } from 'node:fs/promises';
import { describeEvaluation } from './eval/describe-evaluation.ts';
import { describeLeftOut } from './eval/describe-left-out.ts';
import { evaluate } from './eval/evaluate.ts';
import { openData } from './eval/input/open-data.ts';
import { parseOptions } from './eval/parse-options.ts';
import { publishedFigures } from './eval/published-figures.ts';
import { writeReport } from './eval/report/write-report.ts';
import { runCommand } from './lib/run-command.ts';

await runCommand(async (args) => {
  const options = parseOptions(args);
  const opened = await openData(options);
  // Before the hours that answering may take.
  for (const line of describeLeftOut(opened.leftOut)) console.error(line);
  const evaluation = await evaluate(opened, options);
  if (options.report !== null) {
    await writeFile(options.report, await writeReport(evaluation, opened.readPicture));
    console.error(`report: ${options.report}`);
  }
  if (!options.json) {
    console.log(describeEvaluation(evaluation, process.stdout));
    return;
  }
  const { data, model, against, summary } = evaluation;
  const { by_label, by_kind, confusion, against: share, ...overall } = summary;
  const output = {
    model,
    data: data.file,
    split: data.split ?? undefined,
    ...overall,
    ...(against !== null && { against: { model: against, ...share } }),
    left_out: data.leftOut,
    by_label,
    by_kind,
    confusion,
    published: publishedFigures(evaluation) ?? undefined,
  };
  console.log(JSON.stringify(output, null, 2));
});
