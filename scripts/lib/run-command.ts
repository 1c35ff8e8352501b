import { styleText } from 'node:util';
import { EndpointError } from '../../client/index.ts';
import { EntailError } from '../../functions/lib/entail-error.ts';
import { Interruption } from './interruption.ts';

/**
 * Runs a command's body; a failure becomes one clear line on standard error and exit code 1, or an
 * interruption's own.
 *
 * @param body Gets what stands behind the command's name.
 */
export async function runCommand(body: (args: string[]) => Promise<void>): Promise<void> {
  try {
    await body(process.argv.slice(2));
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const isKnown = error instanceof EntailError || error instanceof EndpointError;
    const code = isKnown ? ` (${error.code})` : '';
    console.error(`${styleText('red', 'error:', { stream: process.stderr })} ${text}${code}`);
    process.exitCode = error instanceof Interruption ? error.exitCode : 1;
  }
}
