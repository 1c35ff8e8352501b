import { availableParallelism } from 'node:os';
import { EntailError } from '../../../functions/lib/entail-error.ts';
import { entailBatch } from '../../../functions/pipeline/entail.ts';
import { defaultModelFolder } from '../../lib/default-model-folder.ts';
import { readModelFolder } from '../../lib/model-folder.ts';
import { createNodeHost } from '../../lib/node-host.ts';
import { openClient } from '../../lib/open-client.ts';
import { userPath } from '../../lib/user-path.ts';
import type { Answerer } from './answerer.ts';

/** An isolate answers one at a time; the others are on their way meanwhile. */
const ENDPOINT_CONCURRENCY = 4;

/**
 * Gets a model ready: an endpoint's, or one in a folder.
 *
 * @throws {EntailError | EndpointError | Error} why it cannot answer.
 */
export async function openAnswerer(where: {
  readonly endpoint: string | null;
  readonly model: string | null;
}): Promise<Answerer> {
  const { endpoint, model } = where;
  if (endpoint !== null) return endpointAnswerer(endpoint);
  return localAnswerer(model === null ? defaultModelFolder : userPath(model));
}

async function endpointAnswerer(endpoint: string): Promise<Answerer> {
  const client = openClient(endpoint);
  // What concerns all questions is found out once, before the first: nobody there, a wrong key, no model.
  await client.model();
  return {
    concurrency: ENDPOINT_CONCURRENCY,
    async answer({ image, hypotheses, premise }, onResult) {
      const batch = { image, hypotheses, premise: premise ?? undefined };
      for await (const result of client.entailStream(batch)) onResult(result);
    },
  };
}

async function localAnswerer(folder: string): Promise<Answerer> {
  await readModelFolder(folder);
  const { model, codecs } = await createNodeHost(folder, availableParallelism());
  return {
    // The runtime's threads share out one inference; it has no room for a second.
    concurrency: 1,
    answer: (batch, onResult) =>
      entailBatch(model, codecs, {
        batch,
        onResult: (result) => {
          if (!(result instanceof EntailError)) onResult(result);
          else onResult({ code: result.code, detail: result.message });
        },
      }),
  };
}
