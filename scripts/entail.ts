import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { entail, type Question } from '../functions/pipeline/entail.ts';
import type { Verdict } from '../functions/pipeline/verdict.ts';
import { askEndpoint } from './lib/ask-endpoint.ts';
import { defaultModelFolder } from './lib/default-model-folder.ts';
import { describeVerdict } from './lib/describe-verdict.ts';
import { readModelFolder } from './lib/model-folder.ts';
import { createNodeHost } from './lib/node-host.ts';
import { runCommand } from './lib/run-command.ts';
import { userPath } from './lib/user-path.ts';

const USAGE = `npm run entail -- IMAGE HYPOTHESIS...
  [--premise TEXT]   a caption of the picture
  [--model DIR]      the model to answer with here, model-shards/ unless told
  [--endpoint URL]   ask a running endpoint instead
  [--json]           print an array of verdicts`;

/** Answers one question. */
type Ask = (question: Question) => Promise<Verdict>;

await runCommand(async (args) => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      premise: { type: 'string' },
      model: { type: 'string' },
      endpoint: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const [imagePath, ...hypotheses] = positionals;
  if (imagePath === undefined || hypotheses.length === 0) {
    throw new Error(`an image and at least one hypothesis are needed\nusage: ${USAGE}`);
  }
  const image = await readImage(imagePath);
  const ask = await openAsk(values);
  const verdicts: Verdict[] = [];
  for (const hypothesis of hypotheses) {
    const verdict = await ask({ image, hypothesis, premise: values.premise ?? null });
    verdicts.push(verdict);
    if (!values.json) console.log(describeVerdict(hypothesis, verdict, process.stdout));
  }
  if (values.json) console.log(JSON.stringify(verdicts, null, 2));
  else console.log(verdicts.slice(0, 1).map(describeModel).join());
});

async function openAsk(values: {
  readonly model?: string | undefined;
  readonly endpoint?: string | undefined;
}): Promise<Ask> {
  const { model, endpoint } = values;
  if (endpoint !== undefined) {
    if (model !== undefined) throw new Error('--model and --endpoint exclude each other');
    if (!URL.canParse(endpoint)) throw new Error(`cannot use --endpoint ${endpoint}: it is no URL`);
    return (question) => askEndpoint(endpoint, question);
  }
  const folder = model === undefined ? defaultModelFolder : userPath(model);
  await readModelFolder(folder);
  const host = await createNodeHost(folder, availableParallelism());
  return (question) => entail(host.model, host.codecs, question);
}

async function readImage(path: string): Promise<Uint8Array> {
  return readFile(userPath(path)).catch((cause: Error) => {
    throw new Error(`cannot read the image ${path}: ${cause.message}`, { cause });
  });
}

function describeModel({ image, model }: Verdict): string {
  return `\n${image.format} ${image.width}x${image.height}, ${model.name} (${model.dtype})`;
}
