import type { R2Bucket } from '@cloudflare/workers-types';

/** What wrangler.toml binds. */
export interface Env {
  /** Holds the model's manifest and shards. */
  readonly MODEL_BUCKET: R2Bucket;
}
