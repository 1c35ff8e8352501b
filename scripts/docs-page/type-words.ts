import { type Html, html } from './html.ts';
import type { Schema } from './read-description.ts';

/** More values than this are counted, not listed. */
const MAX_LISTED_VALUES = 6;

/** Says in words what a schema allows. */
export function typeWords(schema: Schema): Html {
  if (schema.$ref !== undefined) return link(schema.$ref);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return joined(choices.map(typeWords), ' or ');
  if (schema.const !== undefined) return code(schema.const);
  if (schema.enum !== undefined) return values(schema.enum);
  const types = [schema.type ?? 'anything'].flat();
  return joined(
    types.map((type) => oneType(type, schema)),
    ' or ',
  );
}

function oneType(type: string, schema: Schema): Html {
  switch (type) {
    case 'array':
      return listWords(schema);
    case 'string':
      return stringWords(schema);
    case 'integer':
    case 'number':
      return html`${type}${range(schema.minimum, schema.maximum)}`;
    default:
      return html`${type}`;
  }
}

function listWords({ items, prefixItems, minItems, maxItems }: Schema): Html {
  if (prefixItems !== undefined) {
    return html`list of ${joined(prefixItems.map(typeWords), ' and ')}`;
  }
  const size = range(minItems, maxItems);
  return html`list${size}${items ? html`, each: ${typeWords(items)}` : null}`;
}

function stringWords({ contentMediaType, pattern, maxLength }: Schema): Html {
  if (contentMediaType !== undefined) return html`file`;
  const longest = maxLength === undefined ? null : html`, at most ${maxLength} characters`;
  return html`string${longest}${pattern === undefined ? null : html`, ${code(pattern)}`}`;
}

function range(least: number | undefined, most: number | undefined): string {
  if (least !== undefined && most !== undefined) {
    return least === most ? ` of ${least}` : `, ${least} to ${most}`;
  }
  if (least !== undefined) return `, ${least} or more`;
  return most === undefined ? '' : `, at most ${most}`;
}

function values(all: readonly unknown[]): Html {
  if (all.length > MAX_LISTED_VALUES) return html`one of ${all.length} values`;
  return joined(all.map(code), ' or ');
}

function code(value: unknown): Html {
  return html`<code>${typeof value === 'string' ? value : JSON.stringify(value)}</code>`;
}

function link(reference: string): Html {
  const name = reference.split('/').at(-1) ?? reference;
  return html`<a href="#${name}">${name}</a>`;
}

function joined(parts: readonly Html[], between: string): Html {
  return { html: parts.map((part) => part.html).join(between) };
}
