/** A piece of HTML, which goes into other HTML as it is. */
export interface Html {
  readonly html: string;
}

/** What stands in a template: texts are escaped, lists put together, null is nothing. */
export type Inserted = string | number | Html | readonly Html[] | null;

/** Makes HTML of a template, the texts in it escaped. */
export function html(strings: TemplateStringsArray, ...values: readonly Inserted[]): Html {
  return {
    html: strings.map((text, index) => text + written(values[index] ?? null)).join(''),
  };
}

function written(value: Inserted): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return escapeText(value);
  return 'html' in value ? value.html : value.map((part) => part.html).join('');
}

function escapeText(text: string): string {
  const names: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot' };
  return text.replace(/[&<>"]/g, (character) => `&${names[character]};`);
}
