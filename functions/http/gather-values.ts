import { EntailError } from '../lib/entail-error.ts';

/** What a schema's shape must tell of itself here. */
type Names = Readonly<Record<string, unknown>>;

/**
 * Makes an object of the entries of a form or a query, as its schema wants it; other names are passed over.
 *
 * @param shape Names with a meaning.
 * @param lists Of these, the ones that may occur several times: their values become a list.
 * @throws {EntailError} `invalid_request`: another name occurs twice.
 */
export function gatherValues(
  entries: Iterable<readonly [string, unknown]>,
  shape: Names,
  lists: ReadonlySet<string>,
): Record<string, unknown> {
  const all = Map.groupBy(entries, ([name]) => name);
  const values: Record<string, unknown> = {};
  for (const name of Object.keys(shape)) {
    const found = (all.get(name) ?? []).map(([, value]) => value);
    if (found.length === 0) continue;
    if (!lists.has(name) && found.length > 1) {
      throw new EntailError('invalid_request', `cannot read the question: ${name} is given twice`);
    }
    values[name] = lists.has(name) ? found : found[0];
  }
  return values;
}
