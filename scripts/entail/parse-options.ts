import { parseArgs } from 'node:util';
import { LABELS, type Label } from '../../client/index.ts';

/** What the command takes. */
export const USAGE = `npm run entail -- IMAGE... HYPOTHESIS...
       npm run entail -- --pairs FILE...
  IMAGE              a file, several, a folder, or a glob in quotes
  --pairs            images and hypotheses from files: CSV, JSONL; alternative texts in HTML, Markdown
  [--premise TEXT]   a caption of the picture
  [--model DIR]      the model to answer with here, model-shards/ unless told
  [--endpoint URL]   ask a running endpoint instead
  [--json | --csv]   for programs
  [--fail-on LABEL]  end with 2 when an answer is this; may be given again
  [--min-score N]    ... and its score at least this, 0 to 1
  ends with 0, with 1 when a question has no answer, else with 2 when one fails`;

/** When an answer is a failure. */
export interface Condition {
  readonly labels: readonly Label[];
  /** 0 to 1. */
  readonly minScore: number;
}

/** What the person who typed the command wants. */
export interface EntailOptions {
  readonly positionals: readonly string[];
  /** Whether the positionals are files of pairs. */
  readonly pairs: boolean;
  readonly premise: string | null;
  /** As it was typed; null for the one that comes with the repository. */
  readonly model: string | null;
  /** Null to answer in this process. */
  readonly endpoint: string | null;
  readonly format: 'text' | 'json' | 'csv';
  /** Null: no answer is a failure. */
  readonly failOn: Condition | null;
}

/**
 * Reads the command line of `npm run entail`.
 *
 * @throws {Error} It cannot be understood; the message says why.
 */
export function parseOptions(args: string[]): EntailOptions {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      pairs: { type: 'boolean', default: false },
      premise: { type: 'string' },
      model: { type: 'string' },
      endpoint: { type: 'string' },
      json: { type: 'boolean', default: false },
      csv: { type: 'boolean', default: false },
      'fail-on': { type: 'string', multiple: true, default: [] },
      'min-score': { type: 'string' },
    },
  });
  const { pairs, premise, model, endpoint, json, csv } = values;
  if (endpoint !== undefined && model !== undefined) throw exclude('--model', '--endpoint');
  if (json && csv) throw exclude('--json', '--csv');
  if (pairs && premise !== undefined) throw exclude('--pairs', '--premise');
  if (pairs && positionals.length === 0) throw new Error(`--pairs needs a file\nusage: ${USAGE}`);
  if (endpoint !== undefined && !URL.canParse(endpoint)) {
    throw new Error(`cannot use --endpoint ${endpoint}: it is no URL`);
  }
  return {
    positionals,
    pairs,
    premise: premise ?? null,
    model: model ?? null,
    endpoint: endpoint ?? null,
    format: json ? 'json' : csv ? 'csv' : 'text',
    failOn: readCondition(values['fail-on'], values['min-score']),
  };
}

function readCondition(names: readonly string[], score: string | undefined): Condition | null {
  const labels = names.map((name) => {
    const label = LABELS.find((known) => known === name);
    if (label !== undefined) return label;
    throw new Error(`cannot use --fail-on ${name}: one of ${LABELS.join(', ')}`);
  });
  if (labels.length === 0 && score !== undefined) throw new Error('--min-score needs --fail-on');
  const minScore = Number(score ?? 0);
  if (score?.trim() === '' || !(minScore >= 0 && minScore <= 1)) {
    throw new Error(`cannot use --min-score ${score}: a number from 0 to 1`);
  }
  return labels.length === 0 ? null : { labels, minScore };
}

function exclude(one: string, other: string): Error {
  return new Error(`${one} and ${other} exclude each other`);
}
