import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, it } from 'node:test';
import { cacheFolder } from '../../../scripts/hub/cache-folder.ts';
import type { RemoteFile } from '../../../scripts/hub/remote-file.ts';

const file: RemoteFile = {
  name: 'config.json',
  url: new URL('http://host/config.json'),
  bytes: 7,
  digest: null,
  version: '"one"',
  versionHeader: 'ETag',
};
const place = ['www.modelscope.cn', 'damo', 'some.name'];
const before = process.env.XDG_CACHE_HOME;

describe('cacheFolder()', () => {
  afterEach(() => {
    if (before === undefined) delete process.env.XDG_CACHE_HOME;
    else process.env.XDG_CACHE_HOME = before;
  });

  it('is below XDG_CACHE_HOME, and below ~/.cache where that is no absolute path', () => {
    process.env.XDG_CACHE_HOME = '/somewhere';
    const folder = cacheFolder({ place, revision: 'master' }, [file]);
    assert.match(
      folder,
      /^\/somewhere\/edge-entail\/checkpoints\/www\.modelscope\.cn\/damo\/some\.name\/master-[0-9a-f]{12}$/,
    );
    for (const none of ['', 'relative']) {
      process.env.XDG_CACHE_HOME = none;
      assert.ok(cacheFolder({ place, revision: 'x' }, []).startsWith(join(homedir(), '.cache/')));
    }
  });

  it('is another one for another place, revision, length or version of a file', () => {
    const states = [
      cacheFolder({ place, revision: 'master' }, [file]),
      cacheFolder({ place: ['hf', ...place.slice(1)], revision: 'master' }, [file]),
      cacheFolder({ place, revision: 'v1' }, [file]),
      cacheFolder({ place, revision: 'master' }, [{ ...file, bytes: 8 }]),
      cacheFolder({ place, revision: 'master' }, [{ ...file, version: '"two"' }]),
      cacheFolder({ place, revision: 'master' }, [file, { ...file, name: 'vocab.json' }]),
    ];
    assert.equal(new Set(states).size, states.length);
  });

  it('stays below the cache whatever the revision and the path are called', () => {
    process.env.XDG_CACHE_HOME = '/somewhere';
    const folder = cacheFolder({ place: ['host:81', '/a/../b/'], revision: 'refs/pr/../1' }, []);
    assert.match(
      folder,
      /^\/somewhere\/edge-entail\/checkpoints\/host%3A81\/%2Fa%2F\.\.%2Fb%2F\/refs/,
    );
    assert.equal(folder.split('/').length, 7);
  });
});
