/** Lines of one kind that a message shows: a file of another model differs in hundreds. */
const MAX_LINES = 20;

/** Faults as the lines below a message's first one; the number of those left out is the last. */
export function listFaults(faults: readonly string[]): string {
  const left = faults.length - MAX_LINES;
  const lines = faults.slice(0, MAX_LINES).map((fault) => `\n  ${fault}`);
  return lines.join('') + (left > 0 ? `\n  and ${left} more` : '');
}
