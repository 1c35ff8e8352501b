import { memberList } from './fields.ts';
import { type Html, html } from './html.ts';
import { markdown } from './markdown.ts';
import { operationSection } from './operation-section.ts';
import { type Description, readDescription, type Schema } from './read-description.ts';

/** Where the introduction comes to what is of use behind the operations only. */
const PROBLEMS = '## Problems';

/**
 * Renders the API description as a page that needs no script.
 *
 * @param json As in `public/openapi.json`.
 * @returns HTML, the styles and a script beside it under `/docs/`.
 */
export function docsPage(json: unknown): string {
  const description = readDescription(json);
  const groups = description.tags.map((tag) => ({
    ...tag,
    operations: operationsOf(tag.name, description),
  }));
  const [before = '', ...after] = description.info.description.split(PROBLEMS);
  const schemas = Object.entries(description.components.schemas).filter(([name]) => isAnswer(name));
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>edge-entail: API reference</title>
<meta name="description" content="Every path, field, limit and error of the API, with requests to copy.">
<meta name="theme-color" media="(prefers-color-scheme: light)" content="#f6f5f1">
<meta name="theme-color" media="(prefers-color-scheme: dark)" content="#10151d">
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/docs/docs.css">
<script type="module" src="/docs/docs.js"></script>
</head>
<body>
<a class="skip" href="#reference">Skip to the reference</a>
<header class="top">
<a class="brand" href="/"><img src="/icon.svg" alt="" width="28" height="28">edge-entail</a>
<nav aria-label="Pages"><a href="/">Playground</a><a href="/openapi.json">openapi.json</a></nav>
</header>
<div class="columns">
<nav class="contents" aria-label="Contents">
<ul>
<li><a href="#access">Access</a></li>
<li><a href="#limits">Limits</a></li>
</ul>
${groups.map(
  ({ name, operations }) => html`<h2>${name}</h2>
<ul>
${operations.map(
  ({
    path,
    operation,
  }) => html`<li><a href="#${operation.operationId}">${brokenAtSlashes(path)}</a></li>
`,
)}</ul>
`,
)}
<h2>In common</h2>
<ul>
<li><a href="#problems">Problems</a></li>
${schemas.map(
  ([name]) => html`<li><a href="#${name}">${name}</a></li>
`,
)}</ul>
</nav>
<main id="reference">
<h1>API reference</h1>
<div class="introduction">${markdown(before)}</div>
${groups.map(
  ({ name, operations }) => html`<h2 class="group">${name}</h2>
${operations.map(({ path, method, operation }) => operationSection({ path, method }, operation, description))}`,
)}
<h2 class="group">In common</h2>
<div class="introduction">${withAnchors(markdown(`${PROBLEMS}${after.join(PROBLEMS)}`))}</div>
${schemas.map(schemaSection)}
</main>
</div>
<footer class="bottom"><p>Version ${description.info.version}. This page is made of <a href="/openapi.json">openapi.json</a>, which is made of the schemas that check requests.</p></footer>
</body>
</html>
`.html;
}

function operationsOf(tag: string, { paths }: Description) {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { tags }]) => tags.includes(tag))
      .map(([method, operation]) => ({ path, method, operation })),
  );
}

/** Those of requests stand at their operations. */
function isAnswer(name: string): boolean {
  return !/^(Question|Batch)/.test(name);
}

function schemaSection([name, schema]: readonly [string, Schema]): Html {
  return html`<section class="shape" id="${name}" aria-labelledby="${name}-heading">
<h3 id="${name}-heading">${name}</h3>
<p>${schema.description ?? ''}</p>
${memberList(schema)}
</section>
`;
}

/** Answers refer to the codes in the introduction's table. */
function withAnchors({ html: text }: Html): Html {
  return {
    html: text.replace(/<td><code>(\w+)<\/code><\/td>/g, '<td id="$1"><code>$1</code></td>'),
  };
}

function brokenAtSlashes(path: string): Html[] {
  return path.split(/(?=\/)/).map((part) => html`${part}<wbr>`);
}
