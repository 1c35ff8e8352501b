import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { curlLine } from './deploy/curl-line.ts';
import { deploy } from './deploy/deploy.ts';
import { describeCosts } from './deploy/describe-costs.ts';
import { rehearse } from './deploy/rehearse.ts';
import { buildWorker } from './lib/build-worker.ts';
import { defaultModelFolder } from './lib/default-model-folder.ts';
import { runCommand } from './lib/run-command.ts';
import { runWrangler } from './lib/run-wrangler.ts';
import { userPath } from './lib/user-path.ts';

/** An address of workers.dev may take a minute to become known. */
const WAITING = { timeoutMs: 180_000, pauseMs: 1_000 };
const BACK = `way back: npx wrangler rollback (the Worker), npm run model:rollback -- --remote (the weights)`;

await runCommand(async (args) => {
  const { values } = parseArgs({
    args,
    options: { model: { type: 'string' }, 'dry-run': { type: 'boolean', default: false } },
  });
  const modelFolder = values.model === undefined ? defaultModelFolder : userPath(values.model);
  const { EDGE_ENTAIL_API_KEY: key, CLOUDFLARE_ACCOUNT_ID: accountId } = process.env;
  const folder = await mkdtemp(join(tmpdir(), 'edge-entail-deploy-'));
  try {
    const bundle = await buildWorker(folder);
    const deployment = { modelFolder, bundle, waiting: WAITING, say: console.log };
    if (values['dry-run']) {
      console.log(
        'A rehearsal: wrangler is played, the Worker runs here; nothing leaves this machine.\n',
      );
      const rehearsal = await rehearse(deployment);
      const url = 'https://edge-entail.YOUR-SUBDOMAIN.workers.dev';
      console.log(
        `\n${describeCosts(rehearsal)}\n\nin the end: ${curlLine(url, key !== undefined)}\n${BACK}`,
      );
      return;
    }
    const { worker } = await deploy({ ...deployment, wrangler: runWrangler, accountId });
    console.log(`\n${curlLine(worker.url, key !== undefined)}\npage: ${worker.url}/\n${BACK}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
