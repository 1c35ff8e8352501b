import type { Problem } from '../../functions/http/problem.ts';
import type { ErrorCode } from '../../functions/lib/entail-error.ts';
import type { ModelDescription } from '../../functions/pipeline/describe-model.ts';
import type { Verdict } from '../../functions/pipeline/verdict.ts';
import type { LocalEngineOptions, Progress } from './local-engine.ts';

/** What opens the engine. */
export type EngineSettings = Pick<LocalEngineOptions, 'endpoint' | 'apiKey' | 'threads'>;

/** A question as it is handed over. */
export interface PostedQuestion {
  readonly image: Uint8Array<ArrayBuffer>;
  readonly hypotheses: readonly string[];
  readonly premise: string | null;
  readonly explain: boolean;
}

/** What the page asks of the engine's Web Worker; each answer goes to a port of its own, and anything that comes back
 * through it ends the work. */
export type Order =
  | { readonly kind: 'open'; readonly settings: EngineSettings; readonly port: MessagePort }
  | { readonly kind: 'entail'; readonly question: PostedQuestion; readonly port: MessagePort };

/** What comes back through the port; after `opened`, `done` or `failed` nothing more does. */
export type Reply =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'opened'; readonly model: ModelDescription; readonly threads: number }
  | { readonly kind: 'result'; readonly result: Verdict | Problem }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly message: string };
