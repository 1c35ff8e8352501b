/** As much of a revision as tells versions apart, and as `--to` takes. */
export function shortRevision(revision: string): string {
  return revision.replace('sha256:', '').slice(0, 12);
}
