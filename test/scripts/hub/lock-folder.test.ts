import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { lockFolder } from '../../../scripts/hub/lock-folder.ts';
import { temporaryFolder } from '../../lib/temporary-folder.ts';

describe('lockFolder()', () => {
  it('keeps others out until it is let go', async () => {
    const folder = temporaryFolder();
    const unlock = await lockFolder(folder);
    await assert.rejects(lockFolder(folder), {
      name: 'DownloadError',
      message: new RegExp(`process ${hostname()} ${process.pid} does so already`),
    });
    await unlock();
    assert.ok(!existsSync(join(folder, '.lock')));
    await (await lockFolder(folder))();
  });

  it('takes over from a process that is no more', async () => {
    const folder = temporaryFolder();
    const { pid } = spawnSync(process.execPath, ['--version']);
    writeFileSync(join(folder, '.lock'), `${hostname()} ${pid}`);
    await (await lockFolder(folder))();
  });

  it('respects a process of another machine, and one that has not said who it is', async () => {
    for (const holder of ['elsewhere 1', '']) {
      const folder = temporaryFolder();
      writeFileSync(join(folder, '.lock'), holder);
      await assert.rejects(lockFolder(folder), /if there is none, remove .*\.lock/);
    }
  });
});
