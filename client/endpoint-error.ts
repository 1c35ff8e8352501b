import type { ConnectionErrorCode, ErrorCode } from './error-codes.ts';

/** What an {@linkcode EndpointError} knows beside its message. */
export interface EndpointErrorDetails {
  readonly code: ErrorCode | ConnectionErrorCode;
  readonly status?: number | null;
  readonly retryable?: boolean;
  readonly requestId?: string | null;
  readonly retryAfterSeconds?: number | null;
  readonly cause?: unknown;
}

/** Why an endpoint has not answered a question; its message is a sentence for a person. */
export class EndpointError extends Error {
  override readonly name = 'EndpointError';
  /** For programs. */
  readonly code: ErrorCode | ConnectionErrorCode;
  /** Of HTTP; null when no answer came. */
  readonly status: number | null;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  /** By which the endpoint's log names the request, if it was named. */
  readonly requestId: string | null;
  /** How long the endpoint asks to wait, if it does. */
  readonly retryAfterSeconds: number | null;

  /**
   * @param message What could not be done, a colon, then why.
   */
  constructor(message: string, details: EndpointErrorDetails) {
    super(message, details.cause === undefined ? {} : { cause: details.cause });
    this.code = details.code;
    this.status = details.status ?? null;
    this.retryable = details.retryable ?? false;
    this.requestId = details.requestId ?? null;
    this.retryAfterSeconds = details.retryAfterSeconds ?? null;
  }
}
