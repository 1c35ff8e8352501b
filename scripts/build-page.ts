import { buildPage } from './lib/build-page.ts';
import { runCommand } from './lib/run-command.ts';

await runCommand(async () => {
  await buildPage();
});
