import type { ErrorCode } from '../../lib/entail-error.ts';
import type { Fault } from './fault-of.ts';

/** What the log says of one request. Nothing in it was sent but the request id: no body, text, key or address. */
export interface LogLine extends Partial<Fault> {
  /** `error` when something of ours went wrong, whatever the status. */
  readonly level: 'info' | 'error';
  readonly request_id: string;
  readonly method: string;
  /** The pattern of the route; `/*` for a path that there is none for. */
  readonly route: string;
  readonly status: number;
  /** Name of the API key, where one was needed. */
  key?: string;
  /** Set when the brake did not work, and the request went on without. */
  rate_limiter?: 'failed';
  /** Why there is no answer; with status 200, why a stream broke off. */
  code?: ErrorCode;
  body_bytes?: number;
  image_bytes?: number;
  /** Pixels, upright. */
  width?: number;
  height?: number;
  hypotheses?: number;
  /** How many items of a batch have no verdict, by code. */
  item_codes?: Partial<Record<ErrorCode, number>>;
  /** The model's. */
  revision?: string;
  /** Until the model was there and it was this request's turn. */
  wait_ms?: number;
  /** Until its body was there. */
  upload_ms?: number;
  /** Until all of the answer was made; deployed, without what was computed after the last wait. */
  readonly total_ms: number;
}

/** Takes one line for the log. */
export type Log = (line: LogLine) => void;
