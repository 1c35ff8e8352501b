import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EndpointError } from '../../../../client/endpoint-error.ts';
import { ERROR_CODES } from '../../../../client/error-codes.ts';
import { EntailError } from '../../../../functions/lib/entail-error.ts';
import { NEXT_STEP } from '../../../../public/page/errors/next-step.ts';
import { troubleOf } from '../../../../public/page/errors/trouble.ts';
import { PictureError } from '../../../../public/page/picture/picture-error.ts';

test('NEXT_STEP has a title and a step in words for every code', () => {
  for (const code of ERROR_CODES) {
    const { title, step } = NEXT_STEP[code];
    assert.match(title, /^[A-Z].{10,60}[^.]$/, code);
    assert.match(step, /^[A-Z].{15,}\.$/, code);
  }
});

test('troubleOf() reads errors of the client, of the engine and of the page, and problems', () => {
  const client = new EndpointError('cannot: x', { code: 'overloaded', requestId: 'r' });
  assert.deepEqual(troubleOf(client), {
    advice: NEXT_STEP.overloaded,
    detail: 'cannot: x',
    code: 'overloaded',
    requestId: 'r',
  });
  const problem = { code: 'bad_text', detail: 'cannot: y', request_id: 'q', status: 400 };
  assert.deepEqual(troubleOf(problem), {
    advice: NEXT_STEP.bad_text,
    detail: 'cannot: y',
    code: 'bad_text',
    requestId: 'q',
  });
  const engine = troubleOf(new EntailError('model_integrity', 'cannot: z'));
  assert.deepEqual([engine.advice, engine.requestId], [NEXT_STEP.model_integrity, null]);
  const advice = { title: 'Too large', step: 'Use a smaller one.' };
  assert.deepEqual(troubleOf(new PictureError('cannot: w', advice)).advice, advice);
  const bug = troubleOf(new TypeError('x is undefined'));
  assert.deepEqual([bug.advice.title, bug.detail], ['The page made a mistake', 'x is undefined']);
});
