import type { AboutPicture, Batch, Client, Fetch } from './client.ts';
import { collect } from './collect.ts';
import { encodeForm, type Form } from './encode-form.ts';
import { inChunks } from './in-chunks.ts';
import { readModel, readVerdict } from './read-answers.ts';
import { readResults } from './read-results.ts';
import { retry } from './retry.ts';
import { type Connection, type Sending, send, sendForJson } from './send.ts';
import type { Problem, Verdict } from './verdict.ts';

/** What an endpoint answers in one request; longer lists are asked in several. */
export const MAX_HYPOTHESES = 32;
/** Three waits: enough for a model to load. */
const DEFAULT_ATTEMPTS = 4;

/** Where to ask, and how. */
export interface ClientOptions {
  /** Its origin, for example `https://entail.example`. */
  readonly endpoint: string | URL;
  /** For endpoints that want one. */
  readonly apiKey?: string | undefined;
  /** Sends the requests; a Worker's service binding can: `env.SERVICE.fetch.bind(env.SERVICE)`. */
  readonly fetch?: Fetch | undefined;
  /** How often a request that may succeed later is sent, 4 unless told; 1: no second try. */
  readonly attempts?: number | undefined;
}

/**
 * Makes a client of an endpoint. Nothing is sent yet.
 *
 * @throws {TypeError} The endpoint is no http or https URL.
 */
export function createClient(options: ClientOptions): Client {
  const { attempts = DEFAULT_ATTEMPTS } = options;
  const connection: Connection = {
    endpoint: baseOf(options.endpoint),
    apiKey: options.apiKey,
    fetch: options.fetch ?? globalThis.fetch,
  };

  async function* entailStream(batch: Batch): AsyncGenerator<Verdict | Problem, void> {
    const { signal } = batch;
    for (const sending of batchSendings(batch)) {
      const response = await retry(() => send(connection, sending), { attempts, signal });
      yield* readResults(response, sending);
    }
  }

  return {
    async entail(question) {
      const { hypothesis, signal } = question;
      const form = formOf(question, [hypothesis]);
      const sending = { path: '/v1/entail', form, signal };
      return retry(async () => readVerdict(await sendForJson(connection, sending)), {
        attempts,
        signal,
      });
    },
    async entailBatch(batch) {
      const { signal } = batch;
      const results: (Verdict | Problem)[] = [];
      for (const sending of batchSendings(batch)) {
        const all = async () => collect(readResults(await send(connection, sending), sending));
        results.push(...(await retry(all, { attempts, signal })));
      }
      return results;
    },
    entailStream,
    async model() {
      const sending = { path: '/v1/model', signal: undefined };
      return retry(async () => readModel(await sendForJson(connection, sending)), {
        attempts,
        signal: undefined,
      });
    },
  };
}

function batchSendings(batch: Batch): (Sending & { readonly count: number })[] {
  return inChunks(batch.hypotheses, MAX_HYPOTHESES).map((hypotheses) => ({
    path: '/v1/entail/batch',
    form: formOf(batch, hypotheses),
    accept: 'application/x-ndjson',
    signal: batch.signal,
    count: hypotheses.length,
  }));
}

function formOf({ image, premise, explain }: AboutPicture, hypotheses: readonly string[]): Form {
  const texts: [string, string][] = hypotheses.map((text) => ['hypothesis', text]);
  if (premise !== undefined) texts.push(['premise', premise]);
  if (explain === true) texts.push(['explain', 'true']);
  return encodeForm(image, texts);
}

function baseOf(endpoint: string | URL): string {
  const text = String(endpoint);
  if (!/^https?:/i.test(text) || !URL.canParse(text)) {
    throw new TypeError(
      `cannot use the endpoint ${text}: it is no URL such as https://entail.example`,
    );
  }
  return text.replace(/\/+$/, '');
}
