import { parseArgs } from 'node:util';
import { defaultModelFolder } from '../lib/default-model-folder.ts';
import { userPath } from '../lib/user-path.ts';
import type { PublishedModel } from './published-model.ts';

const USAGE = `npm run eval -- --data FILE --images DIR, FILE one of pairs.jsonl and snli_ve_*.jsonl;
npm run eval -- --data FILE.tsv, OFA's SNLI-VE, which carries its pictures
  [--endpoint URL]     ask a running endpoint
  [--model DIR]        the model to answer with here, model-shards/ unless told
  [--against DIR]      another model on the same pairs: do the labels agree?
  [--blank]            also with a grey picture: what the sentences alone give away
  [--premise]          SNLI-VE: the caption becomes the premise
  [--published distilled|fine-tuned]   the model is this OFA-tiny, whatever it is called
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
  /** Null for a TSV, which carries its pictures. */
  readonly images: string | null;
  /** Null to answer in this process. */
  readonly endpoint: string | null;
  readonly model: string;
  readonly against: string | null;
  readonly blank: boolean;
  readonly premise: boolean;
  /** What the person says the model is; null for nothing. */
  readonly published: PublishedModel | null;
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
      published: { type: 'string' },
      concurrency: { type: 'string', default: DEFAULT_CONCURRENCY },
      state: { type: 'string' },
      report: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const { data, images, endpoint, model, against, state, report } = values;
  if (data === undefined) throw new Error(`--data is needed\nusage: ${USAGE}`);
  if (data.endsWith('.tsv')) {
    if (images !== undefined) throw new Error('a TSV carries its pictures: leave --images out');
  } else if (images === undefined) {
    throw new Error(`--images is needed with ${data}\nusage: ${USAGE}`);
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
    images: images === undefined ? null : userPath(images),
    endpoint: endpoint ?? null,
    model: model === undefined ? defaultModelFolder : userPath(model),
    against: against === undefined ? null : userPath(against),
    blank: values.blank,
    premise: values.premise,
    published: parsePublished(values.published),
    concurrency,
    state:
      state === undefined ? `${dataPath.replace(/\.jsonl$/, '')}.answers.jsonl` : userPath(state),
    report: report === undefined ? null : userPath(report),
    json: values.json,
  };
}

function parsePublished(asked: string | undefined): PublishedModel | null {
  if (asked === undefined) return null;
  if (asked === 'distilled' || asked === 'fine-tuned') return asked;
  throw new Error(`cannot use --published ${asked}: distilled or fine-tuned`);
}
