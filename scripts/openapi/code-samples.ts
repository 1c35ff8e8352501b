import type { Part } from './component-schemas.ts';
import { ORIGIN } from './example-values.ts';

/** Requests of one route, to copy: a test runs each. */
export interface Samples {
  /** Commands for a shell, each with what it shows. */
  readonly curl: readonly (readonly [label: string, source: string])[];
  /** TypeScript; where it asks a `client`, that and `image` are written before it. */
  readonly typescript: string;
}

/** Writes samples as Redocly's extension of OpenAPI has them. */
export function codeSamples({ curl, typescript }: Samples): Part[] {
  const source = typescript.includes('client.') ? withClient(typescript) : typescript;
  return [
    ...curl.map(([label, command]) => ({ lang: 'Shell', label, source: command })),
    { lang: 'TypeScript', label: 'TypeScript', source },
  ];
}

/** Writes the TypeScript that fetches a path and prints what comes. */
export function fetchSample(path: string, reading: 'json' | 'text'): string {
  return `const response = await fetch('${ORIGIN}${path}');
console.log(response.status, await response.${reading}());`;
}

function withClient(source: string): string {
  const image = source.includes('image');
  return [
    ...(image ? ["import { openAsBlob } from 'node:fs';"] : []),
    "import { createClient } from 'edge-entail/client';",
    '',
    `const client = createClient({ endpoint: '${ORIGIN}' });`,
    ...(image ? ["const image = await openAsBlob('photo.jpg');"] : []),
    source,
  ].join('\n');
}
