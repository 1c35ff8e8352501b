import type { Part } from './component-schemas.ts';
import { ORIGIN } from './example-values.ts';

/** Requests of one route, to copy: a test runs each. */
export interface Samples {
  /** Commands for a shell, each with what it shows. */
  readonly curl: readonly (readonly [label: string, source: string])[];
  /** TypeScript, of which `client` and `image` are there already. */
  readonly typescript?: string;
}

/** Writes samples as Redocly's extension of OpenAPI has them. */
export function codeSamples({ curl, typescript }: Samples): Part[] {
  const samples: Part[] = curl.map(([label, source]) => ({ lang: 'Shell', label, source }));
  if (typescript !== undefined) {
    samples.push({ lang: 'TypeScript', label: 'TypeScript', source: withClient(typescript) });
  }
  return samples;
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
