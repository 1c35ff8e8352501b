import { styleText } from 'node:util';
import { LABELS, type Verdict } from '../../client/index.ts';

/** Of each label. */
export const COLOURS = { entailment: 'green', neutral: 'yellow', contradiction: 'red' } as const;
const BAR_CELLS = 30;

/**
 * Writes a verdict for a person: the sentence, the label, three bars.
 *
 * @param stream Where it will be shown; colours follow what it can do, and NO_COLOR.
 * @returns Five lines.
 */
export function describeVerdict(
  hypothesis: string,
  { label, answer, scores }: Verdict,
  stream: NodeJS.WritableStream,
): string {
  const title = styleText(['bold', COLOURS[label]], `${label} (${answer})`, { stream });
  const bars = LABELS.map((name) => {
    const cells = Math.round(scores[name] * BAR_CELLS);
    const bar = styleText(COLOURS[name], '█'.repeat(cells), { stream });
    const rest = styleText('dim', '░'.repeat(BAR_CELLS - cells), { stream });
    const percent = (scores[name] * 100).toFixed(1).padStart(5);
    return `  ${name.padEnd(13)} ${bar}${rest} ${percent} %`;
  });
  return [`${hypothesis}: ${title}`, ...bars].join('\n');
}
