import type { EntailOptions } from '../parse-options.ts';
import type { Answer } from '../question.ts';
import { csvOutput } from './csv-output.ts';
import { jsonOutput } from './json-output.ts';
import { onePictureJson, onePictureOutput } from './one-picture-output.ts';
import { summarise } from './summarise.ts';
import { tableOutput } from './table-output.ts';

/** What came of it. */
export interface Outcome {
  readonly answers: readonly Answer[];
  /** Those that the person does not want. */
  readonly failed: ReadonlySet<Answer>;
  /** Whether one picture was named, and nothing else. */
  readonly isOnePicture: boolean;
}

/**
 * Writes answers in the form that was asked for.
 *
 * @param stream Where it will be shown.
 */
export function writeOutput(
  { answers, failed, isOnePicture }: Outcome,
  format: EntailOptions['format'],
  stream: NodeJS.WritableStream,
): string {
  switch (format) {
    case 'csv':
      return csvOutput(answers);
    case 'json':
      return isOnePicture ? onePictureJson(answers) : jsonOutput(answers);
    case 'text':
      if (isOnePicture) return onePictureOutput(answers, stream);
      return [...tableOutput(answers, failed, stream), '', summarise(answers)].join('\n');
  }
}
