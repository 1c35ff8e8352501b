import { parseArgs } from 'node:util';
import { createOrtRuntime } from '../functions/model/ort-runtime.ts';
import { openCheckpoint } from './convert/checkpoint/open-checkpoint.ts';
import { ConvertError } from './convert/convert-error.ts';
import { DEFAULT_CHOICE } from './convert/quantise/choose-range.ts';
import { readSource } from './convert/read-source.ts';
import { inspectModel } from './inspect/inspect-model.ts';
import { BATCH_NORM } from './inspect/inspect-ranges.ts';
import { readInspectionSet } from './inspect/read-inspection-set.ts';
import { inspectionTables } from './inspect/tables.ts';
import { writeInspection } from './inspect/write-inspection.ts';
import { nodeModules } from './lib/node-modules.ts';
import { createProgress } from './lib/progress.ts';
import { runCommand } from './lib/run-command.ts';
import { terminalTables } from './lib/table.ts';
import { userPath } from './lib/user-path.ts';

const USAGE = `npm run model:inspect -- --from DIR
  [--pictures DIR]      JPEG and PNG files: every second one for ranges, the others for questions; drawn ones unless told
  [--pairs FILE.jsonl]  sentences about them, with their labels, as npm run eval reads them
  [--ranges CHOICE]     what the layers' table takes ranges from: ${BATCH_NORM}, or as npm run model:convert has it;
                        ${DEFAULT_CHOICE} with pictures, ${BATCH_NORM} without
  [--json]              the figures as JSON
  [--report FILE.md]    a page with charts beside it`;

await runCommand(async (args) => {
  const { values } = parseArgs({
    args,
    options: {
      from: { type: 'string' },
      pictures: { type: 'string' },
      pairs: { type: 'string' },
      ranges: { type: 'string' },
      json: { type: 'boolean', default: false },
      report: { type: 'string' },
    },
  });
  const { from, pictures, pairs, report } = values;
  if (from === undefined || (pairs !== undefined && pictures === undefined)) {
    const needed = from === undefined ? '--from' : '--pictures';
    throw new ConvertError(`cannot inspect: ${needed} is needed\nusage: ${USAGE}`);
  }
  const modules = await nodeModules();
  const checkpoint = await openCheckpoint(userPath(from));
  const progress = createProgress();
  try {
    const source = await readSource(checkpoint, (done, total) =>
      progress.show('reading tensors', done, total),
    );
    const set = await readInspectionSet(source, {
      pictures: pictures === undefined ? null : userPath(pictures),
      pairs: pairs === undefined ? null : userPath(pairs),
      modules,
    });
    const runtime = await createOrtRuntime(modules, 1);
    const found = await inspectModel(
      { source, set, runtime, onProgress: progress.show },
      values.ranges ?? (pictures === undefined ? BATCH_NORM : DEFAULT_CHOICE),
    );
    progress.stop();
    if (report !== undefined) await writeInspection(userPath(report), found);
    console.log(
      values.json ? JSON.stringify(found, null, 1) : terminalTables(inspectionTables(found)),
    );
  } finally {
    progress.stop();
    await checkpoint.close();
  }
});
