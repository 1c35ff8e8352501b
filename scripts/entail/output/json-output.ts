import { type Answer, isVerdict } from '../question.ts';
import { shownPath } from '../shown-path.ts';

/** One answer as `--json` shows it where there may be several pictures. */
function rowOf({ path, hypothesis, premise, source, result }: Answer): object {
  return {
    path: shownPath(path),
    hypothesis,
    ...(premise !== null && { premise }),
    ...(source !== null && { source: shownPath(source) }),
    ...(isVerdict(result)
      ? { verdict: result }
      : { problem: { code: result.code, detail: result.detail } }),
  };
}

/** Writes answers as an array of objects, each with a `verdict` or a `problem`. */
export function jsonOutput(answers: readonly Answer[]): string {
  return JSON.stringify(answers.map(rowOf), null, 2);
}
