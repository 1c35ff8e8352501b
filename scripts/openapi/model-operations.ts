import type { ErrorCode } from '../../functions/lib/entail-error.ts';
import { codeSamples, fetchSample } from './code-samples.ts';
import type { Part } from './component-schemas.ts';
import { modelExample } from './example-answers.ts';
import { ORIGIN } from './example-values.ts';
import { problemResponses } from './problem-responses.ts';
import { answer, REQUEST_ID } from './shared-parts.ts';

const IF_NONE_MATCH = { $ref: '#/components/parameters/If-None-Match' };
const FILE_HEADERS = ['ETag', 'Cache-Control'];
const STORAGE: readonly ErrorCode[] = ['model_missing', 'model_integrity', 'storage_unavailable'];
const ACCESS: readonly ErrorCode[] = ['unauthorized', 'rate_limited'];

/** What a route answers that loads the model. */
export const LOADING: readonly ErrorCode[] = [...STORAGE, 'model_loading', 'runtime_dead'];

/** `GET /v1/model`. */
export const modelOperation: Part = {
  operationId: 'model',
  tags: ['Model'],
  summary: 'Which model answers',
  description: 'Loads the model when need be, so it never describes one that cannot answer.',
  parameters: [REQUEST_ID],
  responses: {
    200: answer('The model.', {
      'application/json': {
        schema: { $ref: '#/components/schemas/Model' },
        examples: { model: { value: modelExample } },
      },
    }),
    ...problemResponses([...ACCESS, ...LOADING]),
  },
  'x-codeSamples': codeSamples({
    curl: [['curl', `curl ${ORIGIN}/v1/model`]],
    typescript: `const { name, revision } = await client.model();
console.log(name, revision);`,
  }),
};

/** `GET /v1/model/manifest`. */
export const manifestOperation: Part = {
  operationId: 'modelManifest',
  tags: ['Model'],
  summary: "The model's manifest",
  description:
    'Its bytes as they lie in storage; their SHA-256 is the revision. It names the shards of each file. For those who run the model themselves, as the page does in the browser; no model is loaded for it.',
  parameters: [REQUEST_ID, IF_NONE_MATCH],
  responses: {
    200: answer(
      'The manifest.',
      { 'application/json': { schema: { $ref: '#/components/schemas/Manifest' } } },
      FILE_HEADERS,
    ),
    304: answer('Nothing has changed.', null, FILE_HEADERS),
    ...problemResponses([...ACCESS, ...STORAGE]),
  },
  'x-codeSamples': codeSamples({
    curl: [['curl', `curl ${ORIGIN}/v1/model/manifest`]],
    typescript: fetchSample('/v1/model/manifest', 'json'),
  }),
};

/** `GET /v1/model/blobs/{sha256}`. */
export const blobOperation: Part = {
  operationId: 'modelBlob',
  tags: ['Model'],
  summary: 'A shard of the model',
  description:
    'One of the shards that the manifest names, at most 8 MiB. It never changes, so it may be kept for ever; check its SHA-256 before use.',
  parameters: [
    {
      name: 'sha256',
      in: 'path',
      required: true,
      description: "The shard's SHA-256, as the manifest names it.",
      schema: { type: 'string', pattern: '^[0-9a-f]{64}$' },
    },
    REQUEST_ID,
    IF_NONE_MATCH,
  ],
  responses: {
    200: answer(
      'The shard.',
      { 'application/octet-stream': { schema: { description: 'Its bytes.' } } },
      FILE_HEADERS,
    ),
    304: answer('You have it already.', null, FILE_HEADERS),
    ...problemResponses([...ACCESS, ...STORAGE, 'not_found']),
  },
  'x-codeSamples': codeSamples({
    curl: [
      [
        'curl',
        `sha256=$(curl ${ORIGIN}/v1/model/manifest | grep -oE '[0-9a-f]{64}' | head -n 1)
curl --output shard.bin ${ORIGIN}/v1/model/blobs/$sha256
echo "$sha256  shard.bin" | sha256sum --check`,
      ],
    ],
    typescript: `const files = '${ORIGIN}/v1/model';
const manifest = await (await fetch(files + '/manifest')).json();
const [{ sha256 }] = manifest.files.tokenizer.shards;
const shard = await (await fetch(files + '/blobs/' + sha256)).arrayBuffer();
console.log(sha256, shard.byteLength);`,
  }),
};
