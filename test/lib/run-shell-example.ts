import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import * as z from 'zod';
import { runScript } from './run-script.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** One request that an example sent, and what came back. */
export interface ExampleCall {
  readonly method: string;
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  /** Empty when the example kept it in a file. */
  readonly text: string;
}

/** Stands before curl: lets it do what it is told, and notes what it did. */
const CURL = `#!/usr/bin/env bash
set -o pipefail
call="$CALLS/$(date +%s%N)"
mkdir "$call"
PATH="\${PATH#*:}" curl --silent --show-error --dump-header "$call/headers" \\
  --write-out '%{stderr}%{json}' "$@" 2>"$call/result" | tee "$call/text"
code=$?
[[ $code == 0 ]] || cat "$call/result" >&2
exit $code
`;

const result = z.object({ method: z.string(), url_effective: z.string(), http_code: z.number() });

/**
 * Runs the commands of an example with bash, to the end or the first that fails.
 *
 * @param folder Where they run.
 * @param variables Added to the environment.
 * @returns The requests that they sent with curl, in their order.
 */
export async function runShellExample(
  commands: string,
  folder: string,
  variables: Readonly<Record<string, string>>,
): Promise<ExampleCall[]> {
  const own = temporaryFolder();
  const calls = join(own, 'calls');
  mkdirSync(calls);
  mkdirSync(join(own, 'bin'));
  writeFileSync(join(own, 'bin/curl'), CURL);
  chmodSync(join(own, 'bin/curl'), 0o755);
  const PATH = `${join(own, 'bin')}${delimiter}${process.env.PATH}`;
  const env = { ...variables, PATH, CALLS: calls };
  const run = await runScript(['bash', '-euo', 'pipefail', '-c', commands], { cwd: folder, env });
  assert.equal(run.exitCode, 0, `${commands}\n${run.stderr}${run.stdout}`);
  return readdirSync(calls)
    .sort()
    .map((name) => readCall(join(calls, name)));
}

function readCall(folder: string): ExampleCall {
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const {
    method,
    url_effective: url,
    http_code: status,
  } = result.parse(JSON.parse(read('result')));
  // One block of headers for each redirect and for 100 Continue; the last is the answer's.
  const block = read('headers').trim().split('\r\n\r\n').at(-1) ?? '';
  const headers = new Headers();
  for (const line of block.split('\r\n').slice(1)) {
    const [name = '', value = ''] = line.split(/: */, 2);
    headers.append(name, value);
  }
  return { method, url: new URL(url), status, headers, text: read('text') };
}
