import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, type TestContext } from 'node:test';
import { COMMIT } from '../../lib/hub/hub-listing.ts';
import { type StandInHubOptions, startStandInHub } from '../../lib/hub/stand-in-hub.ts';
import { temporaryFolder } from '../../lib/temporary-folder.ts';
import { checkpointFiles, fetchFrom, WAYS, type Way, wrongFiles } from './fetch-from.ts';

const files = checkpointFiles(200_000);
const TOKEN = 'ms-0123456789';
const VARIABLES = { modelscope: 'MODELSCOPE_API_TOKEN', hf: 'HF_TOKEN' } as const;
const before = { ...process.env };

async function hubWith(t: TestContext, options: Partial<StandInHubOptions> = {}) {
  const hub = await startStandInHub({ files, ...options });
  t.after(() => hub.close());
  return hub;
}

/** Replaces a part of what the lists say. */
const edit = (from: string | RegExp, to: string) => (text: string) => text.replace(from, to);

beforeEach(() => {
  process.env.XDG_CACHE_HOME = temporaryFolder();
  for (const name of Object.values(VARIABLES)) delete process.env[name];
});
afterEach(() => {
  for (const name of ['XDG_CACHE_HOME', ...Object.values(VARIABLES)]) {
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  }
});

for (const way of ['modelscope', 'hf'] as const) {
  describe(`a token for ${way}`, () => {
    it('opens what is closed, and goes to the hub alone, never where it redirects to', async (t) => {
      const redirect = { kind: 'redirect' } as const;
      const hub = await hubWith(t, { token: TOKEN, schedule: () => redirect });
      process.env[VARIABLES[way]] = ` ${TOKEN}\n`;
      await fetchFrom(hub, way);
      const secrets = (place: string) =>
        new Set(hub.requests.filter(({ origin }) => origin === place).map(({ secret }) => secret));
      assert.deepEqual(secrets('hub'), new Set([`Bearer ${TOKEN}`]));
      assert.deepEqual(secrets('storage'), new Set([undefined]));
    });

    it('is asked for where it is missing, and said to be wrong where it is', async (t) => {
      const hub = await hubWith(t, { token: TOKEN });
      await assert.rejects(fetchFrom(hub, way), {
        name: 'DownloadError',
        message: new RegExp(
          `the list of files of ${way}:someone/something, .* answers 401 \\([Ww]ho are you\\?\\)\\. .* into ${VARIABLES[way]}`,
        ),
      });
      process.env[VARIABLES[way]] = 'another';
      await assert.rejects(fetchFrom(hub, way), new RegExp(`token in ${VARIABLES[way]} may not`));
    });

    it('is not sent in the clear, and not when it is none', async (t) => {
      const hub = await hubWith(t);
      process.env[VARIABLES[way]] = TOKEN;
      await assert.rejects(
        fetchFrom(hub, way, { endpoint: 'http://hub.invalid' }),
        /cannot send the token of \w+ over http:\/\//,
      );
      process.env[VARIABLES[way]] = 'two words';
      await assert.rejects(fetchFrom(hub, way), /it holds white space or other odd characters/);
      assert.equal(hub.requests.length, 0);
    });
  });
}

describe('what the services answer', () => {
  for (const way of WAYS) {
    it(`is believed only as far as it is checked: ${way}`, async (t) => {
      const hub = await hubWith(t, {
        sums: true,
        editList: (text) => text.replaceAll(/[0-9a-f]{64}/g, 'f'.repeat(64)),
      });
      const found = /its sha256 is [0-9a-f]{64}, f{64} is listed/;
      await assert.rejects(fetchFrom(hub, way), found);
      assert.deepEqual(wrongFiles(process.env.XDG_CACHE_HOME ?? '', files), []);
    });
  }

  it('a repository that is not there: 404, and what to look at', async (t) => {
    const hub = await hubWith(t, { schedule: () => ({ kind: 'status', status: 404 }) });
    const advice = {
      modelscope:
        /answers 404 \(as the schedule has it\)\. Check the name and --revision; if it is private, put a token into MODELSCOPE_API_TOKEN$/,
      hf: /answers 404 .*--revision; .* HF_TOKEN$/,
      folder: /config\.json of http.*\/folder\/: the service answers 404\. Check the name$/,
    };
    for (const way of WAYS) await assert.rejects(fetchFrom(hub, way), advice[way]);
  });

  it('a folder that lets nobody in, and one that answers 403 for what is not there', async (t) => {
    const closed = await hubWith(t, { schedule: () => ({ kind: 'status', status: 403 }) });
    await assert.rejects(fetchFrom(closed, 'folder'), /answers 403.*convert with --from FOLDER/);
    const schedule = (_: number, name: string) =>
      files.has(name) ? null : ({ kind: 'status', status: 403 } as const);
    await fetchFrom(await hubWith(t, { schedule }), 'folder');
  });

  it('a web page in place of a file', async (t) => {
    for (const way of WAYS) {
      const hub = await hubWith(t, { schedule: () => ({ kind: 'page' }) });
      await assert.rejects(fetchFrom(hub, way), /a web page came instead/);
    }
  });

  it('a refusal that will stay is not repeated', async (t) => {
    for (const way of WAYS) {
      const hub = await hubWith(t, { schedule: () => ({ kind: 'status', status: 400 }) });
      await assert.rejects(fetchFrom(hub, way), /answers 400.*will not change by trying again/);
      assert.ok(hub.requests.length <= 4, `${hub.requests.length} requests`);
    }
  });

  it('one file that cannot be had ends the others, which are kept', async (t) => {
    const gone = { kind: 'status', status: 404 } as const;
    const slow = { bytesPerSecond: 50_000 };
    const schedule = (_: number, name: string) => (name === 'merges.txt' ? gone : null);
    const hub = await hubWith(t, { ...slow, schedule });
    const start = performance.now();
    await assert.rejects(fetchFrom(hub, 'modelscope'), /cannot download merges\.txt/);
    // All of the weights would take four seconds.
    assert.ok(performance.now() - start < 2000);
  });

  it('a wait longer than a person would like', async (t) => {
    const busy = { kind: 'status', status: 429, retryAfter: '7200' } as const;
    const hub = await hubWith(t, { schedule: () => busy });
    await assert.rejects(fetchFrom(hub, 'modelscope'), /429 .*asks to wait for 7200 s/);
    assert.equal(hub.requests.length, 1);
  });

  it('nobody there', async (t) => {
    const hub = await hubWith(t);
    await hub.close();
    await assert.rejects(
      fetchFrom(hub, 'hf'),
      /connection lost \(ECONNREFUSED\), 7 times in a row/,
    );
  });
});

describe('listModelScope()', () => {
  const listed = async (t: TestContext, editList: (text: string) => string) =>
    fetchFrom(await hubWith(t, { editList }), 'modelscope');

  it('says what ModelScope says of a failure under status 200', async (t) => {
    const refusal = JSON.stringify({ Code: 10_010_205_001, Message: 'no such model', Data: null });
    await assert.rejects(
      listed(t, () => refusal),
      /code 10010205001 \(no such model\)/,
    );
  });

  it('does without digests where there are none, and takes them in capitals', async (t) => {
    await listed(t, (text) => text.replaceAll(/"Sha256":"[^"]*"/g, '"Sha256":""'));
    const capitals = (text: string) => text.replaceAll(/[0-9a-f]{64}/g, (hex) => hex.toUpperCase());
    await listed(t, capitals);
  });

  it('refuses a list that is none', async (t) => {
    for (const text of ['', '[]', '{"Code":200,"Data":{"Files":[{}]}}', '{"Code":200,"Da']) {
      await assert.rejects(
        listed(t, () => text),
        /the list of files: the answer is not what was asked for/,
      );
    }
  });

  it('keeps another state of a branch in another folder', async (t) => {
    const first = await fetchFrom(await hubWith(t), 'modelscope');
    const changed = new Map(files).set('config.json', Buffer.from('{"d_model":2}'));
    const hub = await hubWith(t, { files: changed });
    const second = await fetchFrom(hub, 'modelscope');
    assert.notEqual(first.folder, second.folder);
  });

  it('asks for the revision it is told', async (t) => {
    const { folder } = await fetchFrom(await hubWith(t), 'modelscope', { revision: 'v1.0.1' });
    assert.match(folder, /\/v1\.0\.1-[0-9a-f]{12}$/);
  });
});

describe('listHuggingFace()', () => {
  it('keeps to the commit that the list was of', async (t) => {
    const { folder, files: fetched } = await fetchFrom(await hubWith(t), 'hf');
    assert.match(folder, new RegExp(`/${COMMIT}-[0-9a-f]{12}$`));
    assert.ok(fetched.every(({ url }) => url.pathname.includes(`/resolve/${COMMIT}/`)));
  });

  it('checks small files by their name in git', async (t) => {
    const editList = edit(/"blobId":"[0-9a-f]{40}"/g, `"blobId":"${'0'.repeat(40)}"`);
    const fetching = fetchFrom(await hubWith(t, { editList }), 'hf');
    await assert.rejects(fetching, /its git-sha1 is [0-9a-f]{40}, 0{40} is listed/);
  });
});

describe('listWebFolder()', () => {
  it('finds the parts of weights by their index', async (t) => {
    const whole = files.get('pytorch_model.bin') ?? assert.fail();
    const parts = [whole.subarray(0, 100_000), whole.subarray(100_000)];
    const names = ['pytorch_model-00001-of-00002.bin', 'pytorch_model-00002-of-00002.bin'];
    const index = { weight_map: Object.fromEntries(names.map((name, i) => [`t${i}`, name])) };
    const split = new Map(files);
    split.delete('pytorch_model.bin');
    for (const [i, name] of names.entries()) split.set(name, parts[i] ?? assert.fail());
    split.set('pytorch_model.bin.index.json', Buffer.from(JSON.stringify(index)));
    for (const way of WAYS) {
      const hub = await hubWith(t, { files: split });
      const fetched = (await fetchFrom(hub, way)).files.map(({ name }) => name);
      assert.deepEqual(fetched.filter((name) => name.startsWith('pytorch')).sort(), [
        ...names,
        'pytorch_model.bin.index.json',
      ]);
    }
  });

  it('refuses a file that SHA256SUMS is silent about', async (t) => {
    const hub = await hubWith(t, { sums: true, editList: edit(/.* {2}vocab\.json\n/, '') });
    await assert.rejects(fetchFrom(hub, 'folder'), /SHA256SUMS there has no line for it/);
  });

  it('takes neither --revision nor --endpoint', async (t) => {
    const hub = await hubWith(t);
    for (const options of [{ revision: 'x' }, { endpoint: 'https://x' }]) {
      await assert.rejects(
        fetchFrom(hub, 'folder', options),
        /they go with modelscope:OWNER\/NAME/,
      );
    }
  });
});

/** Both are told by `--endpoint`. */
const HUBS: readonly Way[] = ['modelscope', 'hf'];

describe('openRepository()', () => {
  it('refuses an endpoint that is no address', async (t) => {
    const hub = await hubWith(t);
    for (const way of HUBS) {
      for (const endpoint of ['hub', 'ftp://hub', 'https://hub/?a=b']) {
        await assert.rejects(fetchFrom(hub, way, { endpoint }), /expected https:\/\/HOST/);
      }
    }
  });
});
