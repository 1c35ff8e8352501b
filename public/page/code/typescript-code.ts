import { KEY_VARIABLE, type ShownRequest } from './request.ts';

/** Writes a request as a module for Node, with the client. */
export function typescriptCode(request: ShownRequest): string {
  const { endpoint, image, hypotheses, premise, explain } = request;
  const [hypothesis = ''] = hypotheses;
  const several = hypotheses.length > 1;
  const question = [
    'image',
    ...(several
      ? [`hypotheses: [\n${hypotheses.map((text) => `    ${literal(text)},\n`).join('')}  ]`]
      : [`hypothesis: ${literal(hypothesis)}`]),
    ...(premise === null ? [] : [`premise: ${literal(premise)}`]),
    ...(explain ? ['explain: true'] : []),
  ];
  const argument = `{\n${question.map((line) => `  ${line},\n`).join('')}}`;
  return [
    ...('url' in image ? [] : ["import { readFile } from 'node:fs/promises';"]),
    "import { createClient } from 'edge-entail/client';",
    '',
    `const endpoint = ${literal(endpoint)};`,
    ...(request.withKey ? [`const apiKey = process.env.${KEY_VARIABLE};`] : []),
    `const client = createClient({ endpoint${request.withKey ? ', apiKey' : ''} });`,
    ...('url' in image
      ? [
          `const scene = await fetch(\`\${endpoint}${new URL(image.url).pathname}\`);`,
          'const image = await scene.blob();',
        ]
      : [`const image = await readFile(${literal(image.name)});`]),
    several
      ? `for await (const verdict of client.entailStream(${argument})) {\n  console.log(verdict);\n}`
      : `console.log(await client.entail(${argument}));`,
  ].join('\n');
}

function literal(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
