import type { LogLine } from './log-line.ts';

type Given = 'level' | 'request_id' | 'method' | 'route' | 'status' | 'total_ms';

/** What is noted of a request while it is under way. */
export interface RequestRecord {
  /** For its line in the log. */
  readonly notes: Omit<LogLine, Given>;
  /** What goes on when the head of the answer has been sent: the line waits for it. */
  rest: Promise<unknown> | null;
  /** Milliseconds since the request came. */
  elapsed(): number;
}
