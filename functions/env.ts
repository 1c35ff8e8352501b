import type { R2Bucket } from '@cloudflare/workers-types';
import type { AccessSettings } from './http/access/access.ts';
import type { Images } from './image/create-shrink.ts';

/** What wrangler.toml binds, and what says who may call. */
export interface Env extends AccessSettings {
  /** Holds the model's manifest and shards. */
  readonly MODEL_BUCKET: R2Bucket;
  /** Cloudflare Images: shrinks pictures that are too large to decode here. Not needed. */
  readonly IMAGES?: Images;
}
