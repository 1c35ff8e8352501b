import * as z from 'zod/mini';
import type { runWrangler } from '../lib/run-wrangler.ts';
import { DeployError } from './deploy-error.ts';
import { nextStep } from './next-step.ts';

const whoamiSchema = z.object({
  loggedIn: z.boolean(),
  email: z.optional(z.string()),
  accounts: z.optional(z.array(z.object({ id: z.string(), name: z.string() }))),
});

/**
 * Asks wrangler who is logged in.
 *
 * @param accountId The account that the environment names, if any.
 * @returns Who, and which account.
 * @throws {DeployError} Nobody, or it is not clear which of several accounts is meant.
 */
export async function checkLogin(
  wrangler: typeof runWrangler,
  accountId: string | undefined,
): Promise<string> {
  const { exitCode, output } = await wrangler(['whoami', '--json']);
  const who = parse(output);
  if (who?.loggedIn === false) throw new DeployError('not logged in', nextStep('not logged in'));
  if (exitCode !== 0 || who === null) {
    // A token that may only do what a deployment does cannot say whose it is.
    if (accountId !== undefined) return `account ${accountId}, by a token`;
    throw new DeployError(`cannot tell who is logged in: ${output.trim()}`, nextStep(output));
  }
  const accounts = who.accounts ?? [];
  const account = accounts.find(({ id }) => id === accountId) ?? accounts[0];
  if (accounts.length > 1 && accountId === undefined) {
    const list = accounts.map(({ id, name }) => `${id} ${name}`).join(', ');
    throw new DeployError(`not clear which account: ${list}`, nextStep('more than one account'));
  }
  return `${who.email ?? 'a token'}, account ${account?.name ?? accountId ?? 'unknown'}`;
}

/** wrangler may say more before its JSON, for example that it is outdated. */
function parse(output: string): z.output<typeof whoamiSchema> | null {
  try {
    return whoamiSchema.parse(JSON.parse(output.slice(output.indexOf('{'))));
  } catch {
    return null;
  }
}
