/** What can go wrong with one read of the bucket; JSON, so that it travels to the Worker under test. */
export type Fault =
  /** The read begins so much later; `chunkMs` later for each 64 kB of the body. */
  | { readonly kind: 'delay'; readonly ms: number; readonly chunkMs?: number }
  /** As if there were no such key. */
  | { readonly kind: 'missing' }
  /** The body of another key, under this one's name. */
  | { readonly kind: 'swap'; readonly with: string }
  /** The object ends this many bytes early, or goes on for as many more. */
  | { readonly kind: 'truncate'; readonly bytes: number }
  | { readonly kind: 'extend'; readonly bytes: number }
  /** The body alone ends early; the size that goes with it is that of the whole. */
  | { readonly kind: 'break'; readonly bytes: number }
  /** One bit of the body is another; counted from its first, or backwards from its last (-1). */
  | { readonly kind: 'flip'; readonly bit: number }
  /** The body stops at a share of itself, 0-1, and never goes on. */
  | { readonly kind: 'stall'; readonly at: number }
  /** The read is never answered. */
  | { readonly kind: 'silence' }
  /** The read fails with this message, before the body or at a share of it. */
  | { readonly kind: 'error'; readonly message: string; readonly at?: number };

/** Cloudflare's faults, in the words in which they reach a Worker. */
export const STORAGE_FAULTS = {
  internal: 'get: We encountered an internal error. Please try again. (10001)',
  unavailable: 'get: Service is temporarily unavailable. Please try again. (10043)',
  tooManyRequests: 'get: Reduce your concurrent request rate for the same object. (10058)',
  connectionLost: 'Network connection lost.',
  forbidden: 'get: Access Denied (10003)',
} as const;

/** Which faults befall a world's bucket. */
export interface FaultPlan {
  /** Used up one after another by the reads of a key; null is a read that goes well. */
  readonly byKey?: Readonly<Record<string, readonly (Fault | null)[]>>;
  /** Befalls each read that `byKey` says nothing of any more. */
  readonly always?: Fault;
  /** Befalls such reads at random, always the same ones for a seed. */
  readonly random?: {
    readonly seed: number;
    readonly probability: number;
    readonly faults: readonly Fault[];
  };
}
