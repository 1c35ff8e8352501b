/** The closed list of error codes and the HTTP status each one answers with. */
export const ERROR_STATUS = {
  bad_request: 400,
  bad_text: 400,
  length_mismatch: 400,
  unauthorized: 401,
  not_found: 404,
  method_not_allowed: 405,
  upload_timeout: 408,
  length_required: 411,
  body_too_large: 413,
  image_too_large: 413,
  unsupported_media: 415,
  unsupported_jpeg: 415,
  unsupported_png: 415,
  invalid_request: 422,
  image_truncated: 422,
  image_corrupt: 422,
  rate_limited: 429,
  inference_invalid: 500,
  internal: 500,
  overloaded: 503,
  model_loading: 503,
  model_missing: 503,
  model_integrity: 503,
  storage_unavailable: 503,
  runtime_dead: 503,
} as const;

/** One code of the closed list. */
export type ErrorCode = keyof typeof ERROR_STATUS;

/** All codes of the closed list. */
export const ERROR_CODES: readonly ErrorCode[] = Object.keys(ERROR_STATUS).filter(isErrorCode);

function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(ERROR_STATUS, text);
}

/** Every throw of the Worker: a code of the closed list and a sentence for the person who called. */
export class EntailError extends Error {
  override readonly name = 'EntailError';
  readonly code: ErrorCode;

  /**
   * @param code What went wrong, for programs.
   * @param message What could not be done, a colon, then the value and the limit.
   */
  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
