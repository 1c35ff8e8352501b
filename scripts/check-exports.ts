import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ALLOWED_VIOLATIONS } from './lib/allowed-violations.ts';
import { repositoryFolder } from './lib/repository-folder.ts';
import { runCommand } from './lib/run-command.ts';
import { findSourceViolations } from './lib/source-violations.ts';

const PATTERN = '{functions,client,wasm,public,scripts,test}/**/*.ts';

await runCommand(async () => {
  const leave = new Map(Object.entries(ALLOWED_VIOLATIONS));
  const messages: string[] = [];
  let files = 0;
  for await (const path of glob(PATTERN, { cwd: repositoryFolder })) {
    files += 1;
    const source = await readFile(join(repositoryFolder, path), 'utf8');
    const allowed = leave.get(path)?.rule;
    for (const { rule, line, text } of findSourceViolations(path, source)) {
      if (rule === allowed) leave.delete(path);
      else if (ALLOWED_VIOLATIONS[path]?.rule !== rule) {
        messages.push(`${path}:${line}: ${rule}: ${text}`);
      }
    }
  }
  for (const path of leave.keys())
    messages.push(`${path}: has leave in allowed-violations.ts and does not use it`);
  if (messages.length > 0) {
    throw new Error(`${messages.length} breaches of the house rules\n${messages.join('\n')}`);
  }
  console.log(`${files} files keep the house rules`);
});
