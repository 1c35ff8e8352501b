import { memberList, parameterList } from './fields.ts';
import { type Html, html } from './html.ts';
import { inlineMarkdown, markdown } from './markdown.ts';
import type { Description, Operation, Parameter, Response, Schema } from './read-description.ts';
import { typeWords } from './type-words.ts';

/** Where an operation is: its method and path. */
export interface Place {
  readonly method: string;
  readonly path: string;
}

/** Shows one operation: what it takes and gives on one side, what to send on the other. */
export function operationSection(
  { method, path }: Place,
  operation: Operation,
  description: Description,
): Html {
  return html`<section class="operation" id="${operation.operationId}" aria-labelledby="${operation.operationId}-heading">
<div class="about">
<h3 id="${operation.operationId}-heading">${operation.summary}</h3>
<p class="route"><span class="method">${method.toUpperCase()}</span> <code>${path}</code></p>
${markdown(operation.description)}
</div>
<div class="samples">
${samplesOf(operation)}
${exampleOf(operation)}
</div>
<div class="about">
${bodyOf(operation, description)}
${parametersOf(operation, description)}
<h4>Answers</h4>
<dl class="answers">${Object.entries(operation.responses).map(([status, it]) => answerRow(status, it))}</dl>
</div>
</section>
`;
}

/** Closed where a body is what most will send: its texts may stand in the query too. */
function parametersOf(
  { parameters = [], requestBody }: Operation,
  { components }: Description,
): Html | null {
  const all = parameters.flatMap((it): Parameter[] => {
    if (!('$ref' in it)) return [it];
    const found = components.parameters[it.$ref.split('/').at(-1) ?? ''];
    return found === undefined ? [] : [found];
  });
  if (all.length === 0) return null;
  if (requestBody === undefined) return html`<h4>Parameters</h4>${parameterList(all)}`;
  return html`<h4>Parameters</h4>
<details><summary>query and headers</summary>${parameterList(all)}</details>`;
}

function bodyOf({ requestBody, operationId }: Operation, { components }: Description): Html | null {
  if (requestBody === undefined) return null;
  const forms = Object.entries(requestBody.content).map(
    (
      [type, { schema }],
      index,
    ) => html`<details name="${operationId}-body"${index === 0 ? html` open` : null}>
<summary><code>${type}</code></summary>
${formOf(schema, components.schemas)}
</details>
`,
  );
  return html`<h4>Body</h4>${forms}`;
}

function formOf(schema: Schema, schemas: Readonly<Record<string, Schema>>): Html {
  const named = schemas[schema.$ref?.split('/').at(-1) ?? ''];
  return named === undefined
    ? html`<p>${inlineMarkdown(schema.description ?? '')}</p>`
    : memberList(named);
}

function answerRow(status: string, { description, content = {} }: Response): Html {
  const codes = codesOf(content);
  return html`<div>
<dt>${status}</dt>
<dd>${codes.length > 0 ? codes.map((code) => html`<a href="#${code}"><code>${code}</code></a> `) : goodAnswer(description, content)}</dd>
</div>
`;
}

function codesOf(content: NonNullable<Response['content']>): string[] {
  return Object.keys(content['application/problem+json']?.examples ?? {});
}

function goodAnswer(description: string, content: NonNullable<Response['content']>): Html {
  const types = Object.entries(content).map(
    ([type, { schema }]) =>
      html` <span class="type"><code>${type}</code>${schema.$ref === undefined ? null : html`: ${typeWords(schema)}`}</span>`,
  );
  return html`${inlineMarkdown(description)}${types}`;
}

function samplesOf({ operationId, 'x-codeSamples': samples }: Operation): Html[] {
  return samples.map(
    (
      { lang, label, source },
      index,
    ) => html`<details name="${operationId}-sample"${index === 0 ? html` open` : null}>
<summary>${lang === 'Shell' && label !== 'curl' ? `curl: ${label}` : label}</summary>
<pre tabindex="0"><code>${source}</code></pre>
</details>
`,
  );
}

function exampleOf({ responses }: Operation): Html | null {
  const [content] = Object.values(responses[200]?.content ?? {});
  const [example] = Object.values(content?.examples ?? {});
  if (example === undefined) return null;
  return html`<h4>Answer</h4><pre tabindex="0"><code>${JSON.stringify(example.value, null, 2)}</code></pre>`;
}
