import { type ErrorFacts, errorFacts } from '../../functions/http/error-facts.ts';
import { ERROR_CODES, type ErrorCode } from '../../functions/lib/entail-error.ts';
import { CODE_WORDS } from './code-words.ts';
import type { Part } from './component-schemas.ts';
import { problemExample } from './example-answers.ts';

/** Codes that any route of the Worker can answer with. */
const ANYWHERE: readonly ErrorCode[] = ['method_not_allowed', 'internal'];

/** A part of the closed list that nothing answers with. */
const NEVER_SENT: ErrorCode = 'length_required';

/**
 * Describes what a route answers when there is no answer, by status.
 *
 * @param codes Those of its own.
 */
export function problemResponses(codes: readonly ErrorCode[]): Readonly<Record<string, Part>> {
  const wanted = ERROR_CODES.filter((code) => [...codes, ...ANYWHERE].includes(code));
  const byStatus = Map.groupBy(wanted, (code) => errorFacts(code).status);
  return Object.fromEntries(
    [...byStatus].map(([status, all]) => [String(status), problemResponse(status, all)]),
  );
}

/** One example a code that is sent, for responses to refer to. */
export function problemExamples(): Readonly<Record<string, Part>> {
  const sent = ERROR_CODES.filter((code) => code !== NEVER_SENT);
  return Object.fromEntries(sent.map((code) => [code, { value: problemExample(code) }]));
}

function problemResponse(status: ErrorFacts['status'], codes: readonly ErrorCode[]): Part {
  const listed = codes.map((code) => `\`${code}\`: ${CODE_WORDS[code].means}.`);
  return {
    description: listed.length === 1 ? listed.join() : listed.map((line) => `- ${line}`).join('\n'),
    headers: headersOf(status, codes),
    content: {
      'application/problem+json': {
        schema: {
          allOf: [
            { $ref: '#/components/schemas/Problem' },
            {
              type: 'object',
              properties: { status: { const: status }, code: { enum: codes } },
            },
          ],
        },
        examples: Object.fromEntries(
          codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]),
        ),
      },
    },
  };
}

function headersOf(status: number, codes: readonly ErrorCode[]): Part {
  const names = ['X-Request-Id'];
  if (codes.some((code) => errorFacts(code).retryAfterS !== null)) names.push('Retry-After');
  if (status === 405) names.push('Allow');
  if (status === 401) names.push('WWW-Authenticate');
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}
