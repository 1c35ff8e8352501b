import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const CHROMIUM = '/usr/bin/chromium';

/** Why tests in a browser cannot run here, for their `skip`; false where they can. CI has a browser or fails. */
export const NO_BROWSER: string | false =
  existsSync(CHROMIUM) || process.env.CI === 'true'
    ? false
    : `there is no ${CHROMIUM} (Debian: apt-get install chromium)`;

/** Starts Debian's Chromium, without a window. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    // Its sandbox refuses root, which containers run as.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
}

/** Where a test leaves a file for people to look at, such as a screenshot. */
export function artifactPath(name: string): string {
  const folder = process.env.EDGE_ENTAIL_ARTIFACTS ?? join(tmpdir(), 'edge-entail-artifacts');
  mkdirSync(folder, { recursive: true });
  return join(folder, name);
}
