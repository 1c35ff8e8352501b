import assert from 'node:assert/strict';
import { it } from 'node:test';
import { POINTER_KEY } from '../../../functions/model/bucket-keys.ts';
import { defaultModelFolder } from '../../../scripts/lib/default-model-folder.ts';
import { readModelFolder } from '../../../scripts/lib/model-folder.ts';
import { runScript } from '../../lib/run-script.ts';

it('npm run deploy -- --dry-run rehearses all of it without an account, and says what it would run and cost', async () => {
  const env = { CLOUDFLARE_API_TOKEN: undefined, CLOUDFLARE_ACCOUNT_ID: undefined };
  const command = [process.execPath, 'scripts/deploy.ts', '--dry-run'];
  const { exitCode, stdout, stderr } = await runScript(command, { env });
  assert.equal(exitCode, 0, stderr);
  const { shards } = await readModelFolder(defaultModelFolder);
  const put = 'would run: npx wrangler r2 object put edge-entail-models';
  for (const part of [
    'would run: npx wrangler whoami --json',
    'would run: npx wrangler r2 bucket create edge-entail-models',
    ...shards.map(({ key }) => `${put}/${key} --remote --file FILE`),
    `${put}/${POINTER_KEY} --remote --file FILE`,
    'would run: npx wrangler deploy',
    'entailment, with the same scores',
  ]) {
    assert.ok(stdout.includes(part), `${part}\n${stdout}`);
  }
  assert.match(stdout, /Worker [\d.]+ MiB, [\d.]+ MiB gzipped \(at most 10\); page \d+ files/);
  assert.match(
    stdout,
    new RegExp(`^this push +${shards.length + 2} writes and \\d+ reads of R2`, 'm'),
  );
  assert.match(stdout, /^a month +\$5\.00 for Workers Paid, which covers [\d,]+ such answers/m);
  assert.match(stdout, /curl -F image=@\S+ .* https:\/\/edge-entail\.YOUR-SUBDOMAIN\.workers\.dev/);
});
