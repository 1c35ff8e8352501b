/**
 * Cloudflare's prices in US dollars, as published in November 2026; they change:
 * https://developers.cloudflare.com/workers/platform/pricing/ and https://developers.cloudflare.com/r2/pricing/
 */
export const PRICES = {
  /** Workers Paid: a month, and what that includes. */
  plan: 5,
  includedRequests: 10_000_000,
  includedCpuMs: 30_000_000,
  /** Beyond it. */
  perMillionRequests: 0.3,
  perMillionCpuMs: 0.02,
  /** R2: storage, writes, reads; 10 GB, a million writes and ten million reads a month are free. */
  perGbMonth: 0.015,
  perMillionWrites: 4.5,
  perMillionReads: 0.36,
} as const;
