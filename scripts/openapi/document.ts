import { manifestSchema } from '../../functions/model/manifest-schema.ts';
import { componentSchemas, inlineSchema, type Part } from './component-schemas.ts';
import { introduction } from './introduction.ts';
import { blobOperation, manifestOperation, modelOperation } from './model-operations.ts';
import {
  docsOperation,
  livezOperation,
  openapiOperation,
  readyzOperation,
} from './other-operations.ts';
import { problemExamples } from './problem-responses.ts';
import { batchOperation, entailOperation } from './question-operations.ts';
import { sharedHeaders, sharedParameters } from './shared-parts.ts';

/**
 * Describes the API in OpenAPI 3.1, of the schemas that the Worker itself uses.
 *
 * @param version Of the package.
 */
export function openApiDocument(version: string): Part {
  return {
    openapi: '3.1.1',
    info: {
      title: 'edge-entail',
      version,
      summary: 'Visual entailment: does a picture say so?',
      description: introduction(),
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'The endpoint that serves this description.' }],
    tags: [
      { name: 'Questions', description: 'Pictures and sentences.' },
      { name: 'Model', description: 'What answers, and its files.' },
      { name: 'Operation', description: 'Health and this description; open to everybody.' },
    ],
    security: [{}, { apiKey: [] }],
    paths: {
      '/v1/entail': { post: entailOperation },
      '/v1/entail/batch': { post: batchOperation },
      '/v1/model': { get: modelOperation },
      '/v1/model/manifest': { get: manifestOperation },
      '/v1/model/blobs/{sha256}': { get: blobOperation },
      '/livez': { get: livezOperation },
      '/readyz': { get: readyzOperation },
      '/openapi.json': { get: openapiOperation },
      '/docs': { get: docsOperation },
    },
    components: {
      schemas: { ...componentSchemas(), Manifest: inlineSchema(manifestSchema) },
      examples: problemExamples(),
      parameters: sharedParameters,
      headers: sharedHeaders,
      securitySchemes: {
        apiKey: {
          type: 'http',
          scheme: 'bearer',
          description: 'Needed only where the endpoint has API keys.',
        },
      },
    },
  };
}
