import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MAX_HYPOTHESES } from '../../client/create-client.ts';
import { MAX_IMAGE_BYTES } from '../../client/encode-form.ts';
import {
  ERROR_CODES,
  type ErrorCode,
  type ModelDescription,
  type Problem,
  type Verdict,
} from '../../client/index.ts';
import * as limits from '../../functions/http/limits.ts';
import type { Problem as SentProblem } from '../../functions/http/problem.ts';
import { ERROR_STATUS, type ErrorCode as SentCode } from '../../functions/lib/entail-error.ts';
import type { ModelDescription as SentModel } from '../../functions/pipeline/describe-model.ts';
import type { Verdict as SentVerdict } from '../../functions/pipeline/verdict.ts';

/** Compiles only while the client can read what the Worker sends. */
interface Readers {
  readonly verdict: (sent: SentVerdict) => Verdict;
  readonly problem: (sent: SentProblem) => Problem;
  readonly model: (sent: SentModel) => ModelDescription;
  readonly code: (sent: SentCode) => ErrorCode;
}
const readers: Readers = {
  verdict: (sent) => sent,
  problem: (sent) => sent,
  model: (sent) => sent,
  code: (sent) => sent,
};

describe('what the client knows of the Worker', () => {
  it('ERROR_CODES is the closed list, in its order', () => {
    assert.deepEqual(ERROR_CODES, Object.keys(ERROR_STATUS));
    assert.ok(ERROR_CODES.every((code) => readers.code(code) === code));
  });

  it('its limits are the same', () => {
    assert.equal(MAX_HYPOTHESES, limits.MAX_HYPOTHESES);
    assert.equal(MAX_IMAGE_BYTES, limits.MAX_IMAGE_BYTES);
  });
});
