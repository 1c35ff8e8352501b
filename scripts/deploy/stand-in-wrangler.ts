import { appendFile, readFile, writeFile } from 'node:fs/promises';
import type { runWrangler, WranglerRun } from '../lib/run-wrangler.ts';

/** An account that exists in memory. */
export interface StandIn {
  /** Does what a deployment asks of wrangler, in wrangler's words. */
  readonly wrangler: typeof runWrangler;
  /** The commands so far. */
  readonly commands: readonly (readonly string[])[];
  readonly buckets: ReadonlyMap<string, Map<string, Uint8Array<ArrayBuffer>>>;
}

/** Objects of a bucket by key. */
export type Objects = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

/**
 * Makes an account for rehearsals, empty and logged in.
 *
 * @param start Runs what is deployed; @returns where.
 */
export function createStandInWrangler(start: (objects: Objects) => Promise<string>): StandIn {
  const buckets = new Map<string, Map<string, Uint8Array<ArrayBuffer>>>();
  const commands: (readonly string[])[] = [];
  const done = (output = ''): WranglerRun => ({ exitCode: 0, output });
  const failed = (output: string): WranglerRun => ({ exitCode: 1, output: `[ERROR] ${output}` });

  async function objectCommand(verb: string, path: string, file: string): Promise<WranglerRun> {
    const [name = '', key = ''] = path.split('/');
    const objects = buckets.get(name);
    if (objects === undefined) return failed('The specified bucket does not exist.');
    if (verb === 'put') objects.set(key, Uint8Array.from(await readFile(file)));
    if (verb === 'delete') objects.delete(key);
    if (verb === 'get') {
      const bytes = objects.get(key);
      if (bytes === undefined) return failed('The specified key does not exist.');
      await writeFile(file, bytes);
    }
    return done();
  }

  async function deployCommand(recordFile: string): Promise<WranglerRun> {
    const [objects = new Map()] = buckets.values();
    const record = {
      type: 'deploy',
      version: 1,
      version_id: 'rehearsal',
      targets: [await start(objects)],
    };
    await appendFile(recordFile, `${JSON.stringify(record)}\n`);
    return done();
  }

  const wrangler: typeof runWrangler = async (args, settings = {}) => {
    commands.push(args);
    const [first, second, third, name = '', , , file = ''] = args;
    if (first === 'whoami') {
      return done(JSON.stringify({ loggedIn: true, accounts: [{ id: '0', name: 'rehearsal' }] }));
    }
    if (first === 'deploy') return deployCommand(settings.WRANGLER_OUTPUT_FILE_PATH ?? '');
    if (second === 'object') return objectCommand(third ?? '', name, file);
    if (buckets.has(name)) {
      return failed('The bucket you tried to create already exists, and you own it. [code: 10004]');
    }
    buckets.set(name, new Map());
    return done();
  };
  return { wrangler, commands, buckets };
}
