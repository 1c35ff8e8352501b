import { EndpointError } from './endpoint-error.ts';
import { isErrorCode } from './error-codes.ts';
import { memberOf } from './member-of.ts';
import { LABELS, type ModelDescription, type Problem, type Verdict } from './verdict.ts';

/**
 * Lets a verdict through.
 *
 * @throws {EndpointError} `unexpected_answer`: it is none.
 */
export function readVerdict(answer: unknown): Verdict {
  if (isVerdict(answer)) return answer;
  throw unexpected('with a verdict', answer);
}

/**
 * Lets one result of a batch through.
 *
 * @throws {EndpointError} `unexpected_answer`: neither a verdict nor a problem.
 */
export function readResult(answer: unknown): Verdict | Problem {
  if (isVerdict(answer) || isProblem(answer)) return answer;
  throw unexpected('with a verdict or a problem', answer);
}

/**
 * Lets a description of a model through.
 *
 * @throws {EndpointError} `unexpected_answer`: it is none.
 */
export function readModel(answer: unknown): ModelDescription {
  if (isModel(answer)) return answer;
  throw unexpected('with a model', answer);
}

/** As far as a program relies on it: another service that answers JSON is noticed. */
function isVerdict(answer: unknown): answer is Verdict {
  const scores = memberOf(answer, 'scores');
  return (
    LABELS.some((label) => label === memberOf(answer, 'label')) &&
    LABELS.every((label) => typeof memberOf(scores, label) === 'number') &&
    typeof memberOf(memberOf(answer, 'model'), 'revision') === 'string'
  );
}

function isProblem(answer: unknown): answer is Problem {
  return isErrorCode(memberOf(answer, 'code')) && typeof memberOf(answer, 'detail') === 'string';
}

function isModel(answer: unknown): answer is ModelDescription {
  return (
    typeof memberOf(answer, 'name') === 'string' &&
    typeof memberOf(answer, 'revision') === 'string' &&
    typeof memberOf(memberOf(answer, 'image'), 'side') === 'number'
  );
}

function unexpected(what: string, found: unknown): EndpointError {
  const shown = found === undefined ? 'no JSON' : JSON.stringify(found).slice(0, 200);
  return new EndpointError(`the endpoint did not answer ${what}: ${shown}`, {
    code: 'unexpected_answer',
  });
}
