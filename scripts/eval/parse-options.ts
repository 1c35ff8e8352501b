import { parseArgs } from 'node:util';
import { defaultModelFolder } from '../lib/default-model-folder.ts';
import { userPath } from '../lib/user-path.ts';

const USAGE = `npm run eval -- --data PAIRS.jsonl --images DIR
  [--endpoint URL]     ask a running endpoint
  [--model DIR]        the model to answer with here, model-shards/ unless told
  [--against DIR]      another model on the same pairs: do the labels agree?
  [--blank]            also with a grey picture: what the sentences alone give away
  [--premise]          SNLI-VE: the caption becomes the premise
  [--concurrency N]    requests at a time with --endpoint, 1-64, 4 unless told
  [--state FILE]       where answers are kept, beside the data unless told
  [--report FILE.html] write a page with charts and the worst mistakes
  [--json]             print an object instead of tables`;

/** One isolate answers one question at a time and lets 16 wait. */
const MAX_CONCURRENCY = 64;
const DEFAULT_CONCURRENCY = '4';

/** What the person who typed the command wants; paths are absolute. */
export interface EvalOptions {
  readonly data: string;
  readonly images: string;
  /** Null to answer in this process. */
  readonly endpoint: string | null;
  readonly model: string;
  readonly against: string | null;
  readonly blank: boolean;
  readonly premise: boolean;
  readonly concurrency: number;
  readonly state: string;
  readonly report: string | null;
  readonly json: boolean;
}

/**
 * Reads the command line of `npm run eval`.
 *
 * @throws {Error} It cannot be understood; the message says what is missing.
 */
export function parseOptions(args: string[]): EvalOptions {
  const { values } = parseArgs({
    args,
    options: {
      data: { type: 'string' },
      images: { type: 'string' },
      endpoint: { type: 'string' },
      model: { type: 'string' },
      against: { type: 'string' },
      blank: { type: 'boolean', default: false },
      premise: { type: 'boolean', default: false },
      concurrency: { type: 'string', default: DEFAULT_CONCURRENCY },
      state: { type: 'string' },
      report: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const { data, images, endpoint, model, against, state, report } = values;
  if (data === undefined || images === undefined) {
    throw new Error(`--data and --images are needed\nusage: ${USAGE}`);
  }
  if (endpoint !== undefined && model !== undefined) {
    throw new Error('--model and --endpoint exclude each other');
  }
  if (endpoint !== undefined && !URL.canParse(endpoint)) {
    throw new Error(`cannot use --endpoint ${endpoint}: it is no URL`);
  }
  const concurrency = Number(values.concurrency);
  if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > MAX_CONCURRENCY) {
    throw new Error(
      `cannot use --concurrency ${values.concurrency}: a whole number from 1 to ${MAX_CONCURRENCY}`,
    );
  }
  const dataPath = userPath(data);
  return {
    data: dataPath,
    images: userPath(images),
    endpoint: endpoint ?? null,
    model: model === undefined ? defaultModelFolder : userPath(model),
    against: against === undefined ? null : userPath(against),
    blank: values.blank,
    premise: values.premise,
    concurrency,
    state:
      state === undefined ? `${dataPath.replace(/\.jsonl$/, '')}.answers.jsonl` : userPath(state),
    report: report === undefined ? null : userPath(report),
    json: values.json,
  };
}
