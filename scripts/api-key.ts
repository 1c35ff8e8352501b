import { parseArgs } from 'node:util';
import { makeApiKey } from './lib/make-api-key.ts';
import { runCommand } from './lib/run-command.ts';

await runCommand(async (args) => {
  const { positionals } = parseArgs({ args, allowPositionals: true });
  const [name, ...others] = positionals;
  if (name === undefined || others.length > 0) {
    throw new Error('cannot make a key: one name is needed\nusage: npm run api-key -- NAME');
  }
  const { key, entry } = await makeApiKey(name);
  console.log(`key      ${key}
         For the caller. It is shown this once and kept nowhere.

entry    ${entry}
         For the secret API_KEYS, which holds all entries; as the secret cannot be read back,
         keep them in a file, one a line:

  echo '${entry}' >> api-keys.txt
  npx wrangler secret put API_KEYS < api-keys.txt`);
});
