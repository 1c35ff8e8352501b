/** The endpoint's closed list of error codes. */
export const ERROR_CODES = [
  'bad_request',
  'bad_text',
  'length_mismatch',
  'unauthorized',
  'not_found',
  'method_not_allowed',
  'upload_timeout',
  'length_required',
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
  'internal',
  'overloaded',
  'model_loading',
  'model_missing',
  'model_integrity',
  'storage_unavailable',
  'runtime_dead',
] as const;

/** One code of the endpoint's list. */
export type ErrorCode = (typeof ERROR_CODES)[number];

/** What else can go wrong between here and an endpoint. */
export type ConnectionErrorCode =
  /** Nobody answered. */
  | 'unreachable'
  /** The connection ended in the middle of an answer. */
  | 'broken_off'
  /** Somebody answered, but not as an endpoint does. */
  | 'unexpected_answer';

/** Whether a text is a code of the endpoint's list. */
export function isErrorCode(text: unknown): text is ErrorCode {
  return ERROR_CODES.some((code) => code === text);
}
