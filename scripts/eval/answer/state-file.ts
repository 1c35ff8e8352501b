import { open, readFile, truncate } from 'node:fs/promises';
import * as z from 'zod';
import { LABELS } from '../labels.ts';
import type { Answer, Answerer } from './answerer.ts';

/** Answers on disk, so that an evaluation goes on where it stopped. */
export interface StateFile {
  /** The answer that a model gave to a row, if it is there. */
  get(by: Pick<Answerer, 'model' | 'via'>, row: string): Answer | undefined;
  /** Writes an answer down, in one piece. */
  add(by: Pick<Answerer, 'model' | 'via'>, row: string, answer: Answer): Promise<void>;
  close(): Promise<void>;
}

/** How each line begins. */
const START = '{"model":';

const lineSchema = z.object({
  model: z.string(),
  via: z.enum(['here', 'endpoint']),
  row: z.string(),
  label: z.enum(LABELS),
  scores: z.object({ entailment: z.number(), neutral: z.number(), contradiction: z.number() }),
});

/**
 * Opens a state file (JSONL), making it when there is none. A last line that a killed process left
 * unfinished is cut off.
 *
 * @throws {Error} It cannot be read or written, or is not a state file: nothing is changed then.
 */
export async function openStateFile(path: string): Promise<StateFile> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw unusable(path, error);
  });
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const answers = new Map<string, Answer>();
  for (const [i, line] of whole.split('\n').slice(0, -1).entries()) {
    const { model, via, row, label, scores } = readLine(`${path}:${i + 1}`, line);
    answers.set(`${model} ${via} ${row}`, { label, scores });
  }
  // What is cut off must be ours: the file may be one that was named by mistake.
  if (whole === '' && text.slice(0, START.length) !== START.slice(0, text.length)) {
    throw notOurs(`${path}:1`);
  }
  if (whole !== text) await truncate(path, Buffer.byteLength(whole));
  const file = await open(path, 'a').catch((error: unknown) => {
    throw unusable(path, error);
  });
  return {
    get: ({ model, via }, row) => answers.get(`${model.revision} ${via} ${row}`),
    async add({ model, via }, row, { label, scores }) {
      answers.set(`${model.revision} ${via} ${row}`, { label, scores });
      const line = JSON.stringify({ model: model.revision, via, row, label, scores });
      await file.appendFile(`${line}\n`);
    },
    close: () => file.close(),
  };
}

function readLine(where: string, line: string): z.infer<typeof lineSchema> {
  try {
    return lineSchema.parse(JSON.parse(line));
  } catch (cause) {
    throw notOurs(where, cause);
  }
}

function notOurs(where: string, cause?: unknown): Error {
  return new Error(`${where}: not a line of a state file; name another with --state FILE`, {
    cause,
  });
}

function unusable(path: string, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new Error(`cannot use the state file ${path}: ${reason}; name another with --state FILE`, {
    cause,
  });
}
