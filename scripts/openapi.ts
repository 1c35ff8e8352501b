import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { repositoryFolder } from './lib/repository-folder.ts';
import { runCommand } from './lib/run-command.ts';
import { openApiDocument } from './openapi/document.ts';

const PATH = 'public/openapi.json';

await runCommand(async (args) => {
  const { values } = parseArgs({ args, options: { check: { type: 'boolean', default: false } } });
  const { version } = JSON.parse(await readFile(join(repositoryFolder, 'package.json'), 'utf8'));
  const text = `${JSON.stringify(openApiDocument(version), null, 2)}\n`;
  const file = join(repositoryFolder, PATH);
  if (!values.check) {
    await writeFile(file, text);
    console.log(`${PATH} ${text.length} bytes`);
  } else if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
    throw new Error(`${PATH} is not what the schemas say: run npm run openapi`);
  }
});
