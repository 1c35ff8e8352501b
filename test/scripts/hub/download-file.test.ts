import assert from 'node:assert/strict';
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { downloadFile } from '../../../scripts/hub/download-file.ts';
import type { RemoteFile } from '../../../scripts/hub/remote-file.ts';
import type { HubFault } from '../../lib/hub/hub-fault.ts';
import { sha256 } from '../../lib/hub/hub-listing.ts';
import { type StandInHub, startStandInHub } from '../../lib/hub/stand-in-hub.ts';
import { temporaryFolder } from '../../lib/temporary-folder.ts';
import { checkpointFiles } from './fetch-from.ts';
import { testService } from './test-service.ts';

const NAME = 'pytorch_model.bin';
const BYTES = 400_000;
const files = checkpointFiles(BYTES);
const right = files.get(NAME) ?? assert.fail();

/** A hub whose first answers go wrong as told, and a file there. */
async function hubWith(
  t: TestContext,
  faults: readonly (HubFault | null)[],
  way: 'modelscope' | 'hf' | 'folder' = 'modelscope',
): Promise<{ hub: StandInHub; file: RemoteFile; folder: string }> {
  let answers = 0;
  const hub = await startStandInHub({ files, schedule: () => faults[answers++] ?? null });
  t.after(() => hub.close());
  const path = {
    modelscope: `api/v1/models/a/b/repo?Revision=master&FilePath=${NAME}`,
    hf: `a/b/resolve/main/${NAME}`,
    folder: `folder/${NAME}`,
  }[way];
  const hex = sha256(right);
  const byEtag = { digest: null, version: `"${hex.slice(0, 16)}"`, versionHeader: 'ETag' } as const;
  const byDigest = {
    digest: { algorithm: 'sha256', hex },
    version: hex,
    versionHeader: null,
  } as const;
  const url = new URL(path, hub.url);
  const file = { name: NAME, url, bytes: BYTES, ...(way === 'folder' ? byEtag : byDigest) };
  return { hub, file, folder: temporaryFolder() };
}

async function download(file: RemoteFile, folder: string): Promise<void> {
  await downloadFile(file, { service: testService(), folder, onBytes: () => {} });
  assert.ok(readFileSync(join(folder, NAME)).equals(right));
  assert.ok(!existsSync(join(folder, `${NAME}.partial`)));
}

const ranges = (hub: StandInHub) => hub.requests.map(({ range }) => range);

describe('downloadFile()', () => {
  for (const way of ['modelscope', 'hf', 'folder'] as const) {
    it(`by ${way} goes on where an earlier attempt ended, whatever status the part comes under`, async (t) => {
      const { hub, file, folder } = await hubWith(t, [], way);
      writeFileSync(join(folder, `${NAME}.partial`), right.subarray(0, 123_456));
      await download(file, folder);
      assert.deepEqual(new Set(ranges(hub)), new Set(['bytes=123456-']));
    });
  }

  it('goes on after a lost connection, and gives up the count of failures as long as it gains', async (t) => {
    const drops = Array.from({ length: 20 }, () => ({ kind: 'drop', at: 0.2 }) as const);
    const { hub, file, folder } = await hubWith(t, drops);
    await download(file, folder);
    const starts = ranges(hub).map((range) => Number(/\d+/.exec(range ?? '0')?.[0]));
    assert.equal(starts.length, 21);
    assert.deepEqual(
      starts,
      starts.toSorted((a, b) => a - b),
    );
  });

  it('uses what it has where the server knows no ranges', async (t) => {
    const { hub, file, folder } = await hubWith(t, [{ kind: 'whole' }]);
    writeFileSync(join(folder, `${NAME}.partial`), right.subarray(0, 300_000));
    await download(file, folder);
    assert.equal(hub.requests.length, 1);
  });

  it('starts again when what lay there is not a part of the file', async (t) => {
    const { hub, file, folder } = await hubWith(t, []);
    for (const [damaged, requests] of [
      [Buffer.alloc(100), ['bytes=100-', undefined]],
      [Buffer.alloc(BYTES), [undefined]],
      [Buffer.alloc(BYTES + 1), [undefined]],
    ] as const) {
      const before = hub.requests.length;
      const place = temporaryFolder();
      writeFileSync(join(place, `${NAME}.partial`), damaged);
      await download(file, place);
      assert.deepEqual(ranges(hub).slice(before), requests);
    }
    writeFileSync(join(folder, NAME), Buffer.alloc(BYTES));
    await download(file, folder);
  });

  it('takes no answer for the file that cannot be it', async (t) => {
    const faults: HubFault[] = [
      { kind: 'shift' },
      { kind: 'long' },
      { kind: 'short', at: 0.5 },
      { kind: 'stall', at: 0.5 },
      { kind: 'status', status: 503 },
      { kind: 'flip', at: 0.9 },
    ];
    const { file, folder } = await hubWith(t, faults);
    writeFileSync(join(folder, `${NAME}.partial`), right.subarray(0, 1000));
    await download(file, folder);
  });

  it('says that the bytes are not those listed, after two whole downloads', async (t) => {
    const { hub, file, folder } = await hubWith(t, []);
    const digest = { algorithm: 'sha256', hex: '0'.repeat(64) } as const;
    await assert.rejects(download({ ...file, digest }, folder), {
      name: 'DownloadError',
      message:
        /cannot download pytorch_model\.bin of .*: its sha256 is [0-9a-f]{64}, 0{64} is listed/,
    });
    assert.deepEqual(ranges(hub), [undefined, undefined]);
    assert.ok(!existsSync(join(folder, NAME)));
  });

  it('says that the file changed at its place', async (t) => {
    const { file, folder } = await hubWith(t, [], 'folder');
    await assert.rejects(download({ ...file, version: '"old"' }, folder), /its ETag changed/);
    await assert.rejects(
      download({ ...file, bytes: BYTES - 1 }, folder),
      /the service has 400000 bytes, 399999 are listed/,
    );
  });

  it('starts again where the service has no such byte, and gives up when it never has', async (t) => {
    const { file, folder } = await hubWith(t, []);
    writeFileSync(join(folder, `${NAME}.partial`), Buffer.alloc(BYTES + 5));
    const longer = { ...file, bytes: BYTES + 10 };
    await assert.rejects(download(longer, folder), /has 400000 bytes, 400010 are listed, 7 times/);
  });

  it('says that the disk is full, and keeps what there is', async (t) => {
    const { file, folder } = await hubWith(t, []);
    symlinkSync('/dev/full', join(folder, `${NAME}.partial`));
    await assert.rejects(download(file, folder), /the disk is full\. What has arrived is kept/);
  });
});
