import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { MAX_WAITING_REQUESTS } from '../../functions/pipeline/slot.ts';
import { createJpegEncoder } from '../../scripts/bench/jpeg-encoder.ts';
import { defaultModelFolder } from '../../scripts/lib/default-model-folder.ts';
import { startLocalWorker } from '../../scripts/lib/local-worker.ts';
import { CAPACITY, climb, MANNERS } from '../../scripts/soak/ladder.ts';
import { ladderQuestions } from '../../scripts/soak/questions.ts';
import { createSender } from '../../scripts/soak/send.ts';
import { imageFixture } from '../functions/image/fixture.ts';
import { bundleOnce } from './bundle-once.ts';
import { expectProblem } from './expect-problem.ts';
import { type Answer, postEntail } from './post-entail.ts';
import { REQUEST_FORMS } from './request-forms.ts';

const CLIENTS = 24;
const REFUSED = CLIENTS - 1 - MAX_WAITING_REQUESTS;
const ARRIVAL_MS = 500;

const worker = await startLocalWorker({
  modelFolder: defaultModelFolder,
  bundleFolder: await bundleOnce(),
});
after(() => worker.dispose());
const question = REQUEST_FORMS.raw({
  image: imageFixture('rgb.png'),
  hypothesis: 'there are two birds.',
  premise: null,
});
const good = await postEntail(worker.directUrl, question);
assert.equal(good.status, 200, good.text);

/** A request that holds the slot, as its body is not complete before `finish()`. */
function slowRequest(): { answer: Promise<string>; finish(): void } {
  const body = Buffer.from(imageFixture('rgb.png'));
  const headers = { 'Content-Type': 'image/png', 'Content-Length': String(body.length) };
  const url = new URL(`/v1/entail${question.query}`, worker.directUrl);
  const sent = request(url, { method: 'POST', headers });
  sent.write(body.subarray(0, 100));
  const answer = new Promise<string>((resolve, reject) => {
    sent.on('error', reject);
    sent.on('response', async (response) => {
      resolve(Buffer.concat(await response.toArray()).toString());
    });
  });
  return { answer, finish: () => sent.end(body.subarray(100)) };
}

describe(`${CLIENTS} at once`, () => {
  it('are refused at once beyond the waiting room, and the others are answered rightly', async () => {
    const holder = slowRequest();
    await sleep(ARRIVAL_MS);
    const refused: Answer[] = [];
    const answered: Answer[] = [];
    const others = Array.from({ length: CLIENTS - 1 }, async () => {
      const answer = await postEntail(worker.directUrl, question);
      (answer.status === 200 ? answered : refused).push(answer);
    });
    await sleep(ARRIVAL_MS);
    // The slot is held, so nobody has been answered; who found no seat knows it already.
    assert.deepEqual([answered.length, refused.length], [0, REFUSED]);
    for (const answer of refused) expectProblem(answer, 'overloaded');
    holder.finish();
    assert.equal(await holder.answer, good.text);
    await Promise.all(others);
    assert.equal(answered.length, MAX_WAITING_REQUESTS);
    for (const { text } of answered) assert.equal(text, good.text);
  });

  for (const manners of MANNERS) {
    it(`${manners} ones for a second get right answers or refusals, and nothing else`, async (t) => {
      const sender = createSender(worker.directUrl);
      t.after(() => sender.close());
      const questions = ladderQuestions(await createJpegEncoder());
      const expected = new Map<string, string>();
      for (const { kind, make } of questions) {
        expected.set(kind, (await sender.send(make(expected.size))).text);
      }
      const plan = { manners, clients: 2 * CAPACITY, seconds: 1, maxThinkMs: 20 };
      const step = await climb(sender, { ...plan, questions, expected });
      assert.deepEqual(step.unclean, []);
      assert.ok(step.right.length > 0);
      // How many depends on how fast they come; the test above holds the slot, and counts.
      assert.ok(step.refused.length > 0);
    });
  }
});
