import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { readHeader } from '../../functions/image/read-header.ts';
import { entail } from '../../functions/pipeline/entail.ts';
import { defaultModelFolder } from '../../scripts/lib/default-model-folder.ts';
import { startLocalWorker } from '../../scripts/lib/local-worker.ts';
import { createNodeHost } from '../../scripts/lib/node-host.ts';
import { copying } from '../lib/codecs.ts';
import {
  ANSWERED,
  agreesWithPillow,
  CONFORMANCE_FILES,
  conformanceFile,
  REFUSED,
  SKIP_CONFORMANCE,
} from '../lib/conformance.ts';
import { bundleOnce } from './bundle-once.ts';
import { expectProblem } from './expect-problem.ts';
import { expectVerdict } from './expect-verdict.ts';
import { postEntail } from './post-entail.ts';
import { REQUEST_FORMS } from './request-forms.ts';

/** Logits are equal bit for bit; the last bit of `Math.exp` differs between the two versions of V8. */
const SCORE_TOLERANCE = 1e-15;
/** Codes that a picture can be refused with. */
const PICTURE_CODE =
  /"code":"(unsupported_media|unsupported_jpeg|unsupported_png|image_too_large|image_truncated|image_corrupt|invalid_request)"/;

const QUESTION = { hypothesis: 'there are two birds.', premise: null };

describe('the Worker and files of public test suites', { skip: SKIP_CONFORMANCE }, async () => {
  if (SKIP_CONFORMANCE) return;
  const { model, codecs } = await createNodeHost(defaultModelFolder, 1);
  const worker = await startLocalWorker({
    modelFolder: defaultModelFolder,
    bundleFolder: await bundleOnce(),
  });
  after(() => worker.dispose());
  const ask = (image: Uint8Array) =>
    postEntail(worker.url, REQUEST_FORMS.raw({ ...QUESTION, image }));

  for (const entry of CONFORMANCE_FILES) {
    const { file, pillow } = entry;
    const refusal = REFUSED[file];
    if (!pillow.ok || refusal !== undefined) {
      it(`refuses ${file} with a code of the list`, async () => {
        const answer = await ask(conformanceFile(file));
        if (ANSWERED.includes(file)) {
          expectVerdict(answer);
          return;
        }
        const [, code] = PICTURE_CODE.exec(answer.text) ?? assert.fail(answer.text);
        assert.equal(code, refusal ?? code);
        expectProblem(answer, JSON.parse(answer.text).code);
      });
      continue;
    }
    it(`answers ${file} from the pixels that Pillow sees`, async () => {
      const image = conformanceFile(file);
      const { scores, ...verdict } = expectVerdict(await ask(image));
      // Its pixels never leave the Worker, but scores do: they are those of pixels that agree.
      const { picture, format } = readHeader(image);
      assert.ok(agreesWithPillow(await copying(codecs[format])(picture), entry));
      const { scores: expected, ...rest } = await entail(model, codecs, { ...QUESTION, image });
      assert.deepEqual(verdict, rest);
      for (const label of ['entailment', 'neutral', 'contradiction'] as const) {
        assert.ok(Math.abs(scores[label] - expected[label]) <= SCORE_TOLERANCE, label);
      }
    });
  }
});
