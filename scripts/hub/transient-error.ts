/** A failed attempt of a kind that may go well the next time. */
export class TransientError extends Error {
  override readonly name = 'TransientError';
  /** How long the service asks to wait first; null when it does not say. */
  readonly retryAfterMs: number | null;

  constructor(message: string, options: ErrorOptions & { retryAfterMs?: number | null } = {}) {
    super(message, options);
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}
