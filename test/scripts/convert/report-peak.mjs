// Loaded with --import: writes the process's peak of resident memory, in KiB, where PEAK_FILE says. Not the peak of
// getrusage(), where Linux gives it: that one starts from what the parent had when it started this process.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const STATUS = '/proc/self/status';

process.on('exit', () => {
  const peak = existsSync(STATUS)
    ? /^VmHWM:\s+(\d+)/m.exec(readFileSync(STATUS, 'utf8'))?.[1]
    : process.resourceUsage().maxRSS;
  writeFileSync(process.env.PEAK_FILE, String(peak));
});
