import { liveSchema, readySchema } from '../../functions/http/schema/health-schemas.ts';
import { codeSamples, fetchSample } from './code-samples.ts';
import { inlineSchema, type Part } from './component-schemas.ts';
import { modelExample } from './example-answers.ts';
import { ORIGIN } from './example-values.ts';
import { LOADING } from './model-operations.ts';
import { problemResponses } from './problem-responses.ts';
import { answer, REQUEST_ID } from './shared-parts.ts';

/** Routes that are open to everybody. */
const OPEN: Part = { security: [] };

/** What static files answer beside themselves: no problem, as the Worker is not asked. */
const STATIC: Readonly<Record<string, Part>> = {
  304: { description: 'Nothing has changed, when If-None-Match was sent.' },
  405: { description: 'Static files know GET and HEAD; an empty answer.' },
};

/** `GET /livez`. */
export const livezOperation: Part = {
  operationId: 'livez',
  ...OPEN,
  tags: ['Operation'],
  summary: 'Whether the Worker runs',
  description: 'Says nothing of the model, and loads nothing.',
  parameters: [REQUEST_ID],
  responses: {
    200: answer('It runs.', {
      'application/json': {
        schema: inlineSchema(liveSchema),
        examples: { live: { value: { status: 'live' } } },
      },
    }),
    ...problemResponses([]),
  },
  'x-codeSamples': codeSamples({
    curl: [['curl', `curl ${ORIGIN}/livez`]],
    typescript: fetchSample('/livez', 'json'),
  }),
};

/** `GET /readyz`. */
export const readyzOperation: Part = {
  operationId: 'readyz',
  ...OPEN,
  tags: ['Operation'],
  summary: 'Whether the model answers',
  description:
    'Loads the model when need be. 200 means: every byte of the weights was checked against its SHA-256, and the self-test came out as the manifest says.',
  parameters: [REQUEST_ID],
  responses: {
    200: answer('The model is ready.', {
      'application/json': {
        schema: inlineSchema(readySchema),
        examples: { ready: { value: { status: 'ready', revision: modelExample.revision } } },
      },
    }),
    ...problemResponses(LOADING),
  },
  'x-codeSamples': codeSamples({
    curl: [['curl', `curl --fail-with-body ${ORIGIN}/readyz`]],
    typescript: fetchSample('/readyz', 'json'),
  }),
};

/** `GET /openapi.json`. */
export const openapiOperation: Part = {
  operationId: 'openapi',
  ...OPEN,
  tags: ['Operation'],
  summary: 'This description',
  description: 'OpenAPI 3.1, generated from the schemas that the Worker validates requests with.',
  responses: {
    200: {
      description: 'The description.',
      content: {
        'application/json': { schema: { type: 'object' } },
      },
    },
    ...STATIC,
  },
  'x-codeSamples': codeSamples({
    curl: [['curl', `curl ${ORIGIN}/openapi.json`]],
    typescript: fetchSample('/openapi.json', 'json'),
  }),
};

/** `GET /docs`. */
export const docsOperation: Part = {
  operationId: 'docs',
  ...OPEN,
  tags: ['Operation'],
  summary: 'This description, for people',
  description: 'A page without scripts of others.',
  responses: {
    200: {
      description: 'The page.',
      content: { 'text/html': { schema: { type: 'string' } } },
    },
    ...STATIC,
  },
  'x-codeSamples': codeSamples({
    curl: [['curl', `curl --location ${ORIGIN}/docs`]],
    typescript: fetchSample('/docs', 'text'),
  }),
};
