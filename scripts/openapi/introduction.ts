import { errorFacts } from '../../functions/http/error-facts.ts';
import {
  MAX_BODY_BYTES,
  MAX_HYPOTHESES,
  MAX_IMAGE_BYTES,
  MAX_UPLOAD_MS,
} from '../../functions/http/limits.ts';
import { ERROR_CODES } from '../../functions/lib/entail-error.ts';
import { MAX_TEXT_CHARACTERS } from '../../functions/text/check-text.ts';
import { CODE_WORDS } from './code-words.ts';

const MIB = 1024 * 1024;

/** What the reference says before its routes, in Markdown. */
export function introduction(): string {
  return `${ABOUT}\n\n${limits()}\n\n${PROBLEMS}\n\n${codes()}\n`;
}

const ABOUT = `Does a picture entail a sentence, contradict it, or leave it open? Send a JPEG or PNG and a sentence, get three probabilities.

## Access

Open to everybody, unless whoever runs the endpoint has set API keys: then every path under \`/v1\` wants \`Authorization: Bearer KEY\`. They may also limit how often a key, or an address, asks, and let pages of other origins call (CORS).

## What stays

Paths begin with the version. Within it requests and answers may get new fields, so pass over what you do not know, as the Worker does with fields of a request. The codes of problems are a closed list. GET paths also answer HEAD.`;

const PROBLEMS = `## Problems

Whatever goes wrong is an \`application/problem+json\` (RFC 9457) with a \`code\`, a sentence in \`detail\`, \`retryable\`, and the \`request_id\` that is also in the header \`X-Request-Id\`. 429 and 503 carry \`Retry-After\`. A request that is turned away may be so before its body was read: a client that insists on sending all of it first can see a lost connection instead.`;

function limits(): string {
  return `## Limits

| what | value |
| --- | --- |
| picture | JPEG or PNG, ${MAX_IMAGE_BYTES / MIB} MiB; how many pixels depends on what decoding takes, and a refusal names the size that fits |
| body | ${(MAX_BODY_BYTES / MIB).toFixed(1)} MiB, sent within ${MAX_UPLOAD_MS / 1000} s |
| text | ${MAX_TEXT_CHARACTERS} characters; how many tokens of the prompt the model reads, \`GET /v1/model\` says |
| batch | ${MAX_HYPOTHESES} sentences |`;
}

function codes(): string {
  const rows = ERROR_CODES.map((code) => {
    const { status, retryAfterS } = errorFacts(code);
    const { means, next } = CODE_WORDS[code];
    const wait = retryAfterS === null ? '' : ` Retry-After: ${retryAfterS} s.`;
    return `| ${status} | \`${code}\` | ${means} | ${next}${wait} |`;
  });
  return [
    '| status | code | what happened | what to do |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}
