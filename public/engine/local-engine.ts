import type { Problem } from '../../functions/http/problem.ts';
import type { ModelDescription } from '../../functions/pipeline/describe-model.ts';
import type { Verdict } from '../../functions/pipeline/verdict.ts';

/** How far the download is, bytes; what the browser has kept from earlier counts as well. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

/** How an engine is opened. */
export interface LocalEngineOptions {
  /** Origin of the endpoint that has the model, for example `https://entail.example`. */
  readonly endpoint: string;
  /** Where the endpoint wants one. */
  readonly apiKey?: string | undefined;
  /** Of the inference runtime, at least 1; one is used where the page is not cross-origin isolated. */
  readonly threads: number;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Ends the opening, download included. */
  readonly signal?: AbortSignal | undefined;
}

/** A picture, and what to ask about it. */
export interface LocalQuestion {
  /** A JPEG or PNG file. */
  readonly image: Blob | ArrayBuffer | Uint8Array;
  readonly hypotheses: readonly string[];
  /** A caption of the picture. */
  readonly premise?: string | undefined;
  /** Asks where the model looked. */
  readonly explain?: boolean | undefined;
  /** Ends the iteration, and the work after the sentence that is being judged. */
  readonly signal?: AbortSignal | undefined;
}

/** The endpoint's engine, running on the visitor's machine. */
export interface LocalEngine {
  /** As `GET /v1/model` describes it. */
  readonly model: ModelDescription;
  /** Threads in use. */
  readonly threads: number;
  /**
   * Answers as `POST /v1/entail/batch` does, each sentence as it is ready. One sentence at a time is judged.
   *
   * @throws {EntailError} what concerns all sentences, with the API's codes.
   * @throws The signal's reason.
   */
  entailStream(question: LocalQuestion): AsyncGenerator<Verdict | Problem, void, undefined>;
  /** Ends it and gives all its memory back; questions under way fail. */
  close(): void;
}
