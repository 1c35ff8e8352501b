/** An endpoint's answer that is not the one asked for. */
export class EndpointProblem extends Error {
  override readonly name = 'EndpointProblem';
  /** Of HTTP. */
  readonly status: number;
  /** The header of that name as it came, or null. */
  readonly retryAfter: string | null;

  /**
   * Reads what a response says: a problem of the closed list, or whatever stands in its place.
   *
   * @param body The response's text.
   */
  constructor({ status, headers }: Response, body: string) {
    super(describe(status, body));
    this.status = status;
    this.retryAfter = headers.get('Retry-After');
  }
}

function describe(status: number, body: string): string {
  const { code, detail } = Object(parseJson(body));
  return typeof code === 'string'
    ? `${detail} (${code})`
    : `status ${status}: ${body.slice(0, 200)}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
