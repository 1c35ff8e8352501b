import type { Page } from 'playwright-core';
import type { Problem } from '../../functions/http/problem.ts';
import type { ModelDescription } from '../../functions/pipeline/describe-model.ts';
import type { Verdict } from '../../functions/pipeline/verdict.ts';
import type { LocalEngineOptions, Progress } from '../../public/engine/open-local-engine.ts';

/** A picture in base64, and what to ask about it. */
export interface PageQuestion {
  readonly image: string;
  readonly hypotheses: readonly string[];
  readonly premise?: string | undefined;
  readonly explain?: boolean;
}

/** What a page saw of the engine. */
export interface PageAnswers {
  readonly isolated: boolean;
  readonly threads: number;
  readonly model: ModelDescription;
  readonly progress: readonly Progress[];
  readonly openMs: number;
  /** By question: the results, or the code and message of why there are none. */
  readonly answers: readonly (readonly (Verdict | Problem)[] | string)[];
  /** Of each question, milliseconds until its last result. */
  readonly times: readonly number[];
}

/**
 * Opens the engine in a page, asks it, closes it.
 *
 * @returns Why it did not open: code and message; else what was seen.
 */
export function askLocalEngine(
  page: Page,
  options: Pick<LocalEngineOptions, 'threads' | 'apiKey'>,
  questions: readonly PageQuestion[],
): Promise<PageAnswers | string> {
  return page.evaluate(inPage, { options, questions });
}

/** Runs in the page, so it can use nothing from around it. */
async function inPage({
  options,
  questions,
}: {
  readonly options: Pick<LocalEngineOptions, 'threads' | 'apiKey'>;
  readonly questions: readonly PageQuestion[];
}): Promise<PageAnswers | string> {
  const why = (error: unknown) => `${Object(error).code}: ${Object(error).message}`;
  const path = '/engine/open-local-engine.js';
  const { openLocalEngine }: typeof import('../../public/engine/open-local-engine.ts') =
    await import(path);
  const progress: Progress[] = [];
  const began = performance.now();
  try {
    const engine = await openLocalEngine({
      ...options,
      endpoint: location.origin,
      onProgress: (step) => progress.push(step),
    });
    const openMs = performance.now() - began;
    const answers: ((Verdict | Problem)[] | string)[] = [];
    const times: number[] = [];
    for (const { image, ...rest } of questions) {
      const bytes = Uint8Array.from(atob(image), (character) => character.charCodeAt(0));
      const start = performance.now();
      const results: (Verdict | Problem)[] = [];
      try {
        for await (const result of engine.entailStream({ ...rest, image: bytes }))
          results.push(result);
        answers.push(results);
      } catch (error) {
        answers.push(why(error));
      }
      times.push(performance.now() - start);
    }
    engine.close();
    const { model, threads } = engine;
    return { isolated: crossOriginIsolated, threads, model, progress, openMs, answers, times };
  } catch (error) {
    return why(error);
  }
}
