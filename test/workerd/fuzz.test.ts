import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { createFindings } from '../../scripts/fuzz/findings.ts';
import { fuzzEndpoint } from '../../scripts/fuzz/fuzz-endpoint.ts';
import { readCorpus } from '../../scripts/fuzz/read-corpus.ts';
import { seriesOf } from '../../scripts/fuzz/series-of.ts';
import { defaultModelFolder } from '../../scripts/lib/default-model-folder.ts';
import { startLocalWorker } from '../../scripts/lib/local-worker.ts';
import { repositoryFolder } from '../../scripts/lib/repository-folder.ts';
import { temporaryFolder } from '../lib/temporary-folder.ts';
import { bundleOnce } from './bundle-once.ts';

const SEED = 2026;
const MUTATIONS = 200;
/** These answer slowly, or are many; `npm run fuzz` sends all. */
const LEFT_OUT = ['every cut', 'a bit of each byte'];

const worker = await startLocalWorker({
  modelFolder: defaultModelFolder,
  bundleFolder: await bundleOnce(),
});
after(() => worker.dispose());

it(`gives bombs and mutations of seed ${SEED} clean answers, and good pictures the same as ever`, async () => {
  const { files } = await readCorpus([join(repositoryFolder, 'test/fixtures/images')]);
  const all = await seriesOf({ corpus: files, seed: SEED, count: MUTATIONS, long: false });
  const { series, good, findings } = await fuzzEndpoint({
    url: worker.url,
    worker: null,
    series: all.filter(({ name }) => !LEFT_OUT.includes(name)),
    findings: createFindings(temporaryFolder()),
    onProgress: () => {},
  });
  assert.deepEqual(findings, []);
  assert.ok(good.sent >= 10);
  const codes = Object.assign({}, ...series.map((each) => each.codes));
  for (const code of ['answered', 'image_corrupt', 'image_truncated', 'image_too_large']) {
    assert.ok(code in codes, `never ${code}`);
  }
});
