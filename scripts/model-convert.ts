import { parseArgs } from 'node:util';
import { createOrtRuntime } from '../functions/model/ort-runtime.ts';
import { openCheckpoint } from './convert/checkpoint/open-checkpoint.ts';
import { ConvertError } from './convert/convert-error.ts';
import { convertModel } from './convert/convert-model.ts';
import { describeConversion } from './convert/describe-conversion.ts';
import { keptLayers } from './convert/kept-layers.ts';
import { DEFAULT_CHOICE, RANGE_CHOICES } from './convert/quantise/choose-range.ts';
import { readPictures } from './convert/read-pictures.ts';
import { obtainCheckpoint } from './hub/obtain-checkpoint.ts';
import { nodeModules } from './lib/node-modules.ts';
import { createProgress } from './lib/progress.ts';
import { returnFreedMemory } from './lib/return-freed-memory.ts';
import { runCommand } from './lib/run-command.ts';
import { userPath } from './lib/user-path.ts';

const USAGE = `npm run model:convert -- --from SOURCE --out DIR
  SOURCE                   a folder, modelscope:OWNER/NAME, hf:OWNER/NAME, or https://HOST/FOLDER/
  [--revision NAME]        a branch, tag or commit, instead of the service's main branch
  [--endpoint URL]         a mirror of the service
  [--dtype int8|fp32]      number format, int8 unless told
  [--name NAME]            what answers call the model; the source's name unless told
  [--calibration DIR]      JPEG and PNG files to take int8 ranges from, instead of BatchNorm statistics
  [--ranges CHOICE]        how, from those files: ${RANGE_CHOICES.join(', ')}; ${DEFAULT_CHOICE} unless told
  [--keep-fp32 NAME,...]   linear layers of the judge that int8 leaves in fp32, e.g. decoder.layers.0.fc1, or decoder;
                           npm run model:inspect says which are worth it`;

/** Of these, one core needs about a second each at 480 px. */
const MAX_CALIBRATION_PICTURES = 256;

returnFreedMemory();

await runCommand(async (args) => {
  const { values } = parseArgs({
    args,
    options: {
      from: { type: 'string' },
      out: { type: 'string' },
      dtype: { type: 'string', default: 'int8' },
      name: { type: 'string' },
      calibration: { type: 'string' },
      ranges: { type: 'string' },
      'keep-fp32': { type: 'string' },
      revision: { type: 'string' },
      endpoint: { type: 'string' },
    },
  });
  const { from, out, dtype, calibration, revision, endpoint } = values;
  if (from === undefined || out === undefined || (dtype !== 'int8' && dtype !== 'fp32')) {
    throw new ConvertError(`cannot convert: --from and --out are needed\nusage: ${USAGE}`);
  }
  const { ranges = DEFAULT_CHOICE } = values;
  const choice = RANGE_CHOICES.find((known) => known === ranges);
  if (choice === undefined) {
    throw new ConvertError(
      `cannot convert: --ranges ${ranges} is none of ${RANGE_CHOICES.join(', ')}`,
    );
  }
  if (values.ranges !== undefined && calibration === undefined) {
    throw new ConvertError(
      'cannot convert: --ranges is about pictures; name some with --calibration',
    );
  }
  const { folder, name } = await obtainCheckpoint(from, { revision, endpoint });
  const modules = await nodeModules();
  const checkpoint = await openCheckpoint(folder);
  const progress = createProgress();
  try {
    const pictures =
      calibration === undefined
        ? null
        : (
            await readPictures(userPath(calibration), {
              side: checkpoint.config.imageSide,
              most: MAX_CALIBRATION_PICTURES,
              modules,
            })
          ).map(({ pixels }) => pixels);
    const report = await convertModel({
      checkpoint,
      out: userPath(out),
      name: values.name ?? name,
      dtype,
      pictures,
      choice,
      kept: keptLayers(values['keep-fp32']?.split(',') ?? [], checkpoint.config),
      createRuntime: () => createOrtRuntime(modules, 1),
      onProgress: progress.show,
    });
    progress.stop();
    console.log(describeConversion(report, out));
  } finally {
    progress.stop();
    await checkpoint.close();
  }
});
