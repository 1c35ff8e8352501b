import { runChecks } from './lib/run-checks.ts';
import { runCommand } from './lib/run-command.ts';

await runCommand(async () => {
  const { failed } = await runChecks();
  if (failed > 0) throw new Error(`${failed} checks failed`);
});
