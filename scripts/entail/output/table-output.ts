import { styleText } from 'node:util';
import { COLOURS } from '../../lib/describe-verdict.ts';
import { type Answer, isVerdict } from '../question.ts';
import { shownPath } from '../shown-path.ts';

/** The longest label, and a space. */
const LABEL_WIDTH = 14;

/**
 * Writes answers as a table for a person: label, its score, picture, sentence; why there is none below it.
 *
 * @param failed Those that fail the person's own condition, marked.
 * @param stream Where it will be shown; colours follow what it can do, and NO_COLOR.
 * @returns Lines.
 */
export function tableOutput(
  answers: readonly Answer[],
  failed: ReadonlySet<Answer>,
  stream: NodeJS.WritableStream,
): string[] {
  const pictures = answers.map(({ path }) => shownPath(path).length);
  const width = Math.max(0, ...pictures);
  return answers.flatMap((answer) => {
    const { path, hypothesis, result } = answer;
    const mark = failed.size === 0 ? '' : failed.has(answer) ? '✖ ' : '  ';
    // A sentence from somebody's page must not steer the terminal, or a line of its own the build.
    const about = `${shownPath(path).padEnd(width)}  ${hypothesis}`.replace(/\p{Cc}+/gu, ' ');
    if (!isVerdict(result)) {
      const label = styleText(['bold', 'red'], 'no answer'.padEnd(LABEL_WIDTH), { stream });
      const why = styleText('dim', `${result.detail} (${result.code})`, { stream });
      return [`${mark}${label}         ${about}`, `    ${why}`];
    }
    const { label, scores } = result;
    const percent = `${(scores[label] * 100).toFixed(1)} %`.padStart(7);
    const shown = styleText(COLOURS[label], label.padEnd(LABEL_WIDTH), { stream });
    return `${mark}${shown}${percent}  ${about}`;
  });
}
