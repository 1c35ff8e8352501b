import { parseArgs } from 'node:util';
import { checkPort } from './lib/check-port.ts';
import { defaultModelFolder } from './lib/default-model-folder.ts';
import { startLocalWorker } from './lib/local-worker.ts';
import { readModelFolder } from './lib/model-folder.ts';
import { runCommand } from './lib/run-command.ts';
import { userPath } from './lib/user-path.ts';
import { waitUntilReady } from './lib/wait-until-ready.ts';

const DEFAULT_PORT = 8787;
/** The full-size model in fp32 is ready within 10 s on one slow core. */
const READY_TIMEOUT_MS = 60_000;

await runCommand(async (args) => {
  const { values } = parseArgs({
    args,
    options: {
      model: { type: 'string' },
      port: { type: 'string' },
      images: { type: 'boolean', default: false },
    },
  });
  const port = readPort(values.port);
  const modelFolder = values.model === undefined ? defaultModelFolder : userPath(values.model);
  const { manifest } = await readModelFolder(modelFolder);
  await checkPort(port);
  // From here on miniflare ends workerd when a signal comes, and then this process.
  const worker = await startLocalWorker({
    modelFolder,
    port,
    images: values.images,
    settings: accessSettings(),
    onLine: console.error,
  });
  try {
    await waitUntilReady(worker.url, READY_TIMEOUT_MS);
  } catch (error) {
    await worker.dispose();
    throw error;
  }
  const { name, dtype } = manifest;
  console.log(`ready: ${worker.url} answers with ${name} (${dtype}); Ctrl-C ends it`);
});

/** Who may call, from the environment. */
function accessSettings(): Record<string, string> {
  const { API_KEYS, ALLOWED_ORIGINS } = process.env;
  return {
    ...(API_KEYS === undefined ? {} : { API_KEYS }),
    ...(ALLOWED_ORIGINS === undefined ? {} : { ALLOWED_ORIGINS }),
  };
}

function readPort(text: string | undefined): number {
  if (text === undefined) return DEFAULT_PORT;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) {
    throw new Error(`cannot use port ${text}: expected a whole number from 1 to 65535`);
  }
  return port;
}
