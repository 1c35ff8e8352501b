import type { TransferSettings } from './transfer-settings.ts';

/** Where requests go, and as whom. */
export interface Service extends TransferSettings {
  /** What is fetched from it, as a person would call it: `modelscope:damo/x, revision master`. */
  readonly title: string;
  /** Say who asks; empty without a token. */
  readonly headers: Readonly<Record<string, string>>;
  /** The environment variable that a token would stand in; null where the service takes none. */
  readonly tokenVariable: string | null;
}
