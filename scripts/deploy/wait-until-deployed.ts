import { setTimeout as sleep } from 'node:timers/promises';
import { EndpointError } from '../../client/index.ts';
import { openClient } from '../lib/open-client.ts';
import { DeployError } from './deploy-error.ts';

/** Of what stands in the place of an answer: enough to recognise it. */
const MAX_QUOTED_CHARACTERS = 300;

/** How long, and how often. */
export interface Waiting {
  /** In which a new address becomes known, an old isolate ends and a new one loads its model. */
  readonly timeoutMs: number;
  readonly pauseMs: number;
}

/**
 * Waits until an endpoint is ready and answers with a version of the model.
 *
 * @param url The endpoint, without a slash at the end.
 * @returns How long it took, in milliseconds.
 * @throws {DeployError} It wants a key that is not there, or is not ready in time.
 */
export async function waitUntilDeployed(
  url: string,
  revision: string,
  { timeoutMs, pauseMs }: Waiting,
): Promise<number> {
  const begin = performance.now();
  for (;;) {
    const why = await whyNotReady(url, revision);
    const waitedMs = performance.now() - begin;
    if (why === null) return waitedMs;
    if (waitedMs > timeoutMs) {
      throw new DeployError(
        `${url} is not ready after ${timeoutMs / 1000} s: ${why}`,
        `npx wrangler tail shows what it logs; curl ${url}/readyz says how it is`,
      );
    }
    await sleep(pauseMs);
  }
}

async function whyNotReady(url: string, revision: string): Promise<string | null> {
  try {
    const ready = await fetch(`${url}/readyz`);
    const said = await ready.text();
    if (!ready.ok)
      return `/readyz answers ${ready.status}: ${said.slice(0, MAX_QUOTED_CHARACTERS)}`;
    const model = await openClient(url, 1).model();
    if (model.revision === revision) return null;
    return `it answers with ${model.revision}, not yet with ${revision}`;
  } catch (error) {
    if (error instanceof EndpointError && error.code === 'unauthorized') {
      throw new DeployError(
        `${url} wants an API key: ${error.message}`,
        'put one of its keys into EDGE_ENTAIL_API_KEY (docs/access.md)',
      );
    }
    return error instanceof Error ? error.message : String(error);
  }
}
