import type { Term } from './noun.ts';

/**
 * Makes a term; plural and article follow the usual spelling unless told.
 *
 * @param name Lower case.
 * @param irregular What the rules would get wrong.
 */
export function term(
  name: string,
  irregular: { readonly plural?: string; readonly article?: 'a' | 'an' } = {},
): Term {
  return {
    name,
    plural: irregular.plural ?? regularPlural(name),
    article: irregular.article ?? (/^[aeiou]/.test(name) ? 'an' : 'a'),
  };
}

function regularPlural(name: string): string {
  if (/(s|sh|ch|x)$/.test(name)) return `${name}es`;
  if (/[^aeiou]y$/.test(name)) return `${name.slice(0, -1)}ies`;
  return `${name}s`;
}
