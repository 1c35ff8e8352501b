import assert from 'node:assert/strict';
import { appendFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { diskFull, requireSpace } from '../../../scripts/hub/disk-space.ts';
import { temporaryFolder } from '../../lib/temporary-folder.ts';

describe('requireSpace()', () => {
  it('refuses what cannot fit before anything is fetched', async () => {
    const folder = temporaryFolder();
    await requireSpace(folder, 1);
    await assert.rejects(requireSpace(folder, 1e18), {
      name: 'DownloadError',
      message: /cannot download 1000000000000000000 bytes: \d+ are free in .*XDG_CACHE_HOME/,
    });
  });
});

describe('diskFull()', () => {
  it('puts the system’s own "no space" into words', async () => {
    const writing = appendFile('/dev/full', 'x').catch((error) => diskFull(error, 'a.partial'));
    await assert.rejects(writing, /cannot write a\.partial: the disk is full.*is kept/);
  });

  it('passes other errors on', () => {
    const error = new Error('other');
    assert.throws(
      () => diskFull(error, 'x'),
      (thrown) => thrown === error,
    );
  });
});
