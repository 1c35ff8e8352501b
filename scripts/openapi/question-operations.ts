import type * as z from 'zod/mini';
import { batchSchemas, questionSchemas } from '../../functions/http/schema/request-schemas.ts';
import type { ErrorCode } from '../../functions/lib/entail-error.ts';
import { codeSamples } from './code-samples.ts';
import { inlineSchema, type Part } from './component-schemas.ts';
import { batchExample, problemExample, verdictExample } from './example-answers.ts';
import { HYPOTHESIS, OTHER_HYPOTHESIS, TINY_PNG } from './example-values.ts';
import { problemResponses } from './problem-responses.ts';
import { BATCH_SAMPLES, ENTAIL_SAMPLES } from './question-samples.ts';
import { answer, REQUEST_ID } from './shared-parts.ts';

/** Everything that can go wrong with a question. */
const CODES: readonly ErrorCode[] = [
  'bad_request',
  'bad_text',
  'length_mismatch',
  'unauthorized',
  'upload_timeout',
  'body_too_large',
  'image_too_large',
  'unsupported_media',
  'unsupported_jpeg',
  'unsupported_png',
  'invalid_request',
  'image_truncated',
  'image_corrupt',
  'rate_limited',
  'inference_invalid',
  'overloaded',
  'model_loading',
  'model_missing',
  'model_integrity',
  'storage_unavailable',
  'runtime_dead',
];

/** `POST /v1/entail`. */
export const entailOperation: Part = {
  operationId: 'entail',
  tags: ['Questions'],
  summary: 'Judge one sentence',
  description:
    'Says whether a picture entails a sentence, contradicts it, or leaves it open. The three forms of the body mean the same; texts may stand in the query of each.',
  parameters: [...queryParameters(questionSchemas.query), REQUEST_ID],
  requestBody: body('Question', {
    json: { image: TINY_PNG, hypothesis: HYPOTHESIS },
    form: { image: 'photo.jpg', hypothesis: HYPOTHESIS },
  }),
  responses: {
    200: answer('The verdict.', {
      'application/json': {
        schema: { $ref: '#/components/schemas/Verdict' },
        examples: { verdict: { value: verdictExample } },
      },
    }),
    ...problemResponses(CODES),
  },
  'x-codeSamples': codeSamples(ENTAIL_SAMPLES),
};

const result = {
  oneOf: [{ $ref: '#/components/schemas/Verdict' }, { $ref: '#/components/schemas/Problem' }],
};

/** `POST /v1/entail/batch`. */
export const batchOperation: Part = {
  operationId: 'entailBatch',
  tags: ['Questions'],
  summary: 'Judge several sentences about one picture',
  description: [
    'The picture is seen once, and each sentence gets a result, in their order: a verdict, or a problem where that sentence has none. What concerns all of them, such as a broken picture, is one problem with a status of its own.',
    'With `Accept: application/x-ndjson` each result is sent as soon as it is ready, one JSON object a line. When it cannot go on after the first line, the connection breaks off; a complete answer has as many lines as sentences were sent.',
  ].join('\n\n'),
  parameters: [
    {
      name: 'Accept',
      in: 'header',
      description: '`application/x-ndjson` asks for a line a result, as it is ready.',
      schema: { type: 'string' },
    },
    ...queryParameters(batchSchemas.query),
    REQUEST_ID,
  ],
  requestBody: body('Batch', {
    json: { image: TINY_PNG, hypotheses: [HYPOTHESIS, OTHER_HYPOTHESIS] },
    form: { image: 'photo.jpg', hypothesis: [HYPOTHESIS, OTHER_HYPOTHESIS] },
  }),
  responses: {
    200: answer('A result for each sentence, in their order.', {
      'application/json': {
        schema: {
          type: 'object',
          required: ['results'],
          properties: { results: { type: 'array', items: result } },
        },
        examples: { results: { value: { results: batchExample } } },
      },
      'application/x-ndjson': {
        schema: { description: 'Each line.', ...result },
        examples: {
          line: { value: verdictExample },
          problem: { value: problemExample('bad_text') },
        },
      },
    }),
    ...problemResponses(CODES),
  },
  'x-codeSamples': codeSamples(BATCH_SAMPLES),
};

interface BodyExamples {
  readonly json: Part;
  readonly form: Part;
}

function body(schema: 'Question' | 'Batch', { json, form }: BodyExamples): Part {
  return {
    required: true,
    content: {
      'multipart/form-data': {
        schema: { $ref: `#/components/schemas/${schema}Form` },
        encoding: { image: { contentType: 'image/jpeg, image/png' } },
        examples: { form: { value: form } },
      },
      'application/json': {
        schema: { $ref: `#/components/schemas/${schema}` },
        examples: { json: { value: json } },
      },
      'image/*': {
        schema: {
          description:
            'The file as the body, texts in the query. The Content-Type may be any image type, `application/octet-stream` or absent: what the file is, its first bytes say.',
        },
      },
    },
  };
}

function queryParameters(query: z.ZodMiniObject): Part[] {
  const { properties } = inlineSchema(query);
  return Object.entries(Object(properties)).map(([name, property]) => {
    const { description, examples, ...schema } = Object(property);
    return { name, in: 'query', description, schema };
  });
}
