import type { ModelDescription, Problem, Verdict } from './verdict.ts';

/** A JPEG or PNG file, at most 10 MiB. */
export type Picture = Blob | ArrayBuffer | Uint8Array;

/** What every question has. */
export interface AboutPicture {
  readonly image: Picture;
  /** A caption of the picture, if there is one. */
  readonly premise?: string | undefined;
  /** Asks for `explanation`: where the model looked. */
  readonly explain?: boolean | undefined;
  /** Ends the request, and the waits before another try. */
  readonly signal?: AbortSignal | undefined;
}

/** A picture and a sentence about it. */
export interface Question extends AboutPicture {
  readonly hypothesis: string;
}

/** A picture and sentences about it, as many as there are. */
export interface Batch extends AboutPicture {
  readonly hypotheses: readonly string[];
}

/** An endpoint, to be asked. All of it rejects with an EndpointError, or with the signal's reason. */
export interface Client {
  /** Says whether a picture entails, contradicts or leaves open a sentence. */
  entail(question: Question): Promise<Verdict>;
  /** Says it of several sentences, in their order: a verdict, or why there is none, for each. */
  entailBatch(batch: Batch): Promise<(Verdict | Problem)[]>;
  /**
   * Yields the same one by one, as each is ready. A connection that breaks off in between ends the iteration with
   * `broken_off`: what has been yielded stands, and is never taken for all.
   */
  entailStream(batch: Batch): AsyncIterable<Verdict | Problem>;
  /** Says which model answers. */
  model(): Promise<ModelDescription>;
}

/** The part of `fetch` that is used; a service binding's has it too. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;
