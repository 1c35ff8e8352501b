/**
 * Gets an element of the page.
 *
 * @param kind Its class, for example HTMLButtonElement.
 * @throws {TypeError} The page has no such element.
 */
export function byId<T extends HTMLElement>(id: string, kind: new () => T): T {
  const element = document.getElementById(id);
  if (element instanceof kind) return element;
  throw new TypeError(`cannot find a ${kind.name} with the id ${id}`);
}
