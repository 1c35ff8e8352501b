import type { Finding } from './findings.ts';
import type { SeriesResult } from './run-series.ts';

/** Memory of the isolate at rest, MiB, behind a series. */
export interface LedgerSample {
  readonly behind: string;
  readonly mib: number;
}

/** What came of a run. */
export interface FuzzSummary {
  readonly seed: number;
  readonly corpus: { readonly files: number; readonly skipped: number };
  readonly series: readonly SeriesResult[];
  /** Good pictures between the others. */
  readonly good: { readonly sent: number; readonly wrong: number };
  /** Empty where the endpoint is not ours to look into. */
  readonly ledger: readonly LedgerSample[];
  readonly findings: readonly (Finding & { readonly file: string | null })[];
}
