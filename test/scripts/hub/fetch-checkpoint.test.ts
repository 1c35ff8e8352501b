import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { after, beforeEach, describe, it } from 'node:test';
import { Interruption } from '../../../scripts/lib/interruption.ts';
import { createRandom } from '../../../scripts/scenes/random.ts';
import { randomSchedule } from '../../lib/hub/hub-fault.ts';
import { type StandInHubOptions, startStandInHub } from '../../lib/hub/stand-in-hub.ts';
import { temporaryFolder } from '../../lib/temporary-folder.ts';
import { checkpointFiles, fetchFrom, WAYS, wrongFiles } from './fetch-from.ts';

const WEIGHT_BYTES = 400_000;
const FETCHED = [
  'ans2label.json',
  'config.json',
  'configuration.json',
  'merges.txt',
  'pytorch_model.bin',
  'vocab.json',
];
/** Schedules for each way; more were tried by hand, see docs/published-weights.md. */
const SEEDS = Number(process.env.HUB_SEEDS ?? 25);
/** What a failure says at least: what could not be had, and why. A list in which a letter changed may lack a file. */
const CLEAR =
  /^cannot (download (\S+|the list of files)( of \S.*)?: .{10,}|convert \S.*: it has no \S.*)/;

const files = checkpointFiles(WEIGHT_BYTES);
const cacheBefore = process.env.XDG_CACHE_HOME;
let cache = '';

async function hubWith(options: Partial<StandInHubOptions> = {}) {
  return startStandInHub({ files, ...options });
}

beforeEach(() => {
  cache = temporaryFolder();
  process.env.XDG_CACHE_HOME = cache;
});
after(() => {
  if (cacheBefore === undefined) delete process.env.XDG_CACHE_HOME;
  else process.env.XDG_CACHE_HOME = cacheBefore;
});

/** Of all ways together: of one way's, timing decides whether a handful or none fails. */
const all = { failures: 0, interruptions: 0, resumed: 0 };

for (const way of WAYS) {
  describe(`fetchCheckpoint() by ${way}`, () => {
    it('brings just what is needed, byte for byte, and asks for no file a second time', async (t) => {
      const hub = await hubWith();
      t.after(() => hub.close());
      const seen: [number, number][] = [];
      const { folder } = await fetchFrom(hub, way, { onBytes: (...at) => seen.push(at) });
      assert.deepEqual(readdirSync(folder).sort(), FETCHED);
      assert.deepEqual(wrongFiles(cache, files), []);
      const total = FETCHED.reduce((sum, name) => sum + (files.get(name)?.length ?? 0), 0);
      assert.deepEqual(seen.at(-1), [total, total]);
      const before = hub.requests.length;
      assert.equal((await fetchFrom(hub, way)).folder, folder);
      const again = hub.requests.slice(before).map(({ name }) => name);
      if (way === 'folder') assert.ok(!hub.requests.some(({ range }) => range !== undefined));
      else assert.deepEqual(again, [way]);
    });

    it(`whatever goes wrong, gives the very files or a clear error, and heals (${SEEDS} schedules)`, async (t) => {
      let failures = 0;
      let interruptions = 0;
      let resumed = 0;
      for (let seed = 0; seed < SEEDS; seed++) {
        cache = temporaryFolder();
        process.env.XDG_CACHE_HOME = cache;
        const probability = seed % 4 === 0 ? 1 : 0.5;
        // A folder without SHA256SUMS cannot tell that a byte is another.
        const sums = seed % 2 === 0;
        const flips = way !== 'folder' || sums;
        const { below } = createRandom(`${way}/${seed}/interruption`);
        const schedule = randomSchedule(`${way}/${seed}`, { probability, flips });
        let faulty = true;
        const hub = await hubWith({
          schedule: (request, name) => (faulty ? schedule(request, name) : null),
          sums,
        });
        // Every third is broken off too, at some byte.
        const until = seed % 3 === 0 ? below(WEIGHT_BYTES) : Number.POSITIVE_INFINITY;
        const interruption = new AbortController();
        const onBytes = (bytes: number) => {
          if (bytes > until) interruption.abort(new Interruption('enough', 130));
        };
        try {
          await fetchFrom(hub, way, { signal: interruption.signal, onBytes }).catch(
            (error: unknown) => {
              if (error instanceof Interruption) {
                interruptions += 1;
                return;
              }
              failures += 1;
              assert.ok(error instanceof Error && error.name === 'DownloadError', String(error));
              assert.match(error.message, CLEAR);
            },
          );
          assert.deepEqual(wrongFiles(cache, files), [], `seed ${seed}`);
          faulty = false;
          const before = hub.requests.length;
          const { folder } = await fetchFrom(hub, way);
          assert.deepEqual(readdirSync(folder).sort(), FETCHED);
          assert.deepEqual(wrongFiles(cache, files), [], `seed ${seed}, healed`);
          if (hub.requests.slice(before).some(({ range }) => range !== undefined)) resumed += 1;
        } finally {
          await hub.close();
        }
      }
      t.diagnostic(
        `${failures} of ${SEEDS} failed, ${interruptions} were interrupted, ${resumed} continued later`,
      );
      all.failures += failures;
      all.interruptions += interruptions;
      all.resumed += resumed;
    });
  });
}

it('was tried by schedules that are neither too kind nor too harsh to show anything', () => {
  const { failures, interruptions, resumed } = all;
  const schedules = WAYS.length * SEEDS;
  assert.ok(
    failures > 0 && failures + interruptions < schedules && resumed > 0,
    JSON.stringify(all),
  );
});
