import { ConvertError } from '../convert-error.ts';

/** Ranks in the tokenizer table are 16-bit, and one value says "none". */
const MAX_MERGES = 65_535;

/**
 * Reads merges.txt.
 *
 * @returns The two tokens of each merge, first rank first, no pair twice.
 * @throws {ConvertError} On a line that is not two tokens with a space between, a pair that is there
 *   twice, or more than 65,535 merges.
 */
export function parseMerges(mergesText: string): [string, string][] {
  const merges: [string, string][] = [];
  const seen = new Set<string>();
  for (const [index, line] of mergesText.split(/\r?\n/).entries()) {
    // Only the first line can be the heading: later ones that begin with # merge number signs.
    if (line === '' || (index === 0 && line.startsWith('#version'))) continue;
    const [left, right, ...rest] = line.split(' ');
    if (!left || !right || rest.length > 0) {
      throw new ConvertError(
        `Cannot read merges.txt: line ${index + 1} is not two tokens, "${line}"`,
      );
    }
    if (seen.has(line)) throw new ConvertError(`Cannot use merges.txt: "${line}" is there twice`);
    seen.add(line);
    merges.push([left, right]);
  }
  if (merges.length > MAX_MERGES) {
    throw new ConvertError(`Cannot use merges.txt: ${merges.length} merges, at most ${MAX_MERGES}`);
  }
  return merges;
}
