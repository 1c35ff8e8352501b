/** What the Workers runtime adds to the platform, as far as it is used. */
interface CacheStorage {
  /** The zone's cache in this data centre. */
  readonly default: Cache;
}

declare module 'cloudflare:workers' {
  /** Lets work go on when the request that began it has been answered. */
  export function waitUntil(work: Promise<unknown>): void;
}
