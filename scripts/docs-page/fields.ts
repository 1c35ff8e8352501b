import { type Html, html } from './html.ts';
import { inlineMarkdown } from './markdown.ts';
import type { Parameter, Schema } from './read-description.ts';
import { typeWords } from './type-words.ts';

/** One line of a list of fields. */
interface Field {
  readonly name: string;
  readonly note: string | null;
  readonly schema: Schema;
  readonly description: string;
}

/** Lists the members of an object, those of objects in it behind them. */
export function memberList(schema: Schema): Html {
  return fieldList(membersOf(schema, ''));
}

/** Lists the parameters of an operation. */
export function parameterList(parameters: readonly Parameter[]): Html {
  return fieldList(
    parameters.map(({ name, in: place, required, schema, description }) => ({
      name,
      note: required === true ? `${place}, required` : place,
      schema,
      description: description ?? schema.description ?? '',
    })),
  );
}

function membersOf({ properties = {}, required = [] }: Schema, prefix: string): Field[] {
  return Object.entries(properties).flatMap(([key, schema]) => {
    const name = `${prefix}${key}`;
    const note = required.includes(key) ? null : 'optional';
    const { description = '' } = schema;
    return [{ name, note, schema, description }, ...membersOf(schema, `${name}.`)];
  });
}

function fieldList(fields: readonly Field[]): Html {
  return html`<dl class="fields">${fields.map(fieldRow)}</dl>`;
}

function fieldRow({ name, note, schema, description }: Field): Html {
  return html`<div>
<dt><code>${name}</code>${note === null ? null : html` <span class="note">${note}</span>`}</dt>
<dd><span class="type">${typeWords(schema)}</span>${description === '' ? null : html`<p>${inlineMarkdown(description)}</p>`}</dd>
</div>`;
}
