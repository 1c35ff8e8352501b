import assert from 'node:assert/strict';
import type { AccessSettings } from '../../../functions/http/access/access.ts';
import { createApp } from '../../../functions/http/app.ts';
import type { LogLine } from '../../../functions/http/log/log-line.ts';
import { systemClock } from '../../../functions/lib/clock.ts';
import { EntailError } from '../../../functions/lib/entail-error.ts';
import { readManifest } from '../../../functions/model/read-manifest.ts';
import type { Batch, Question } from '../../../functions/pipeline/entail.ts';
import type { Service } from '../../../functions/pipeline/service.ts';
import { createStoredModel } from '../../../functions/pipeline/stored-model.ts';
import type { Verdict } from '../../../functions/pipeline/verdict.ts';
import { fakeModel, mapStore } from '../model/fake-model.ts';
import { loadFake } from '../pipeline/fake-parts.ts';

/** An app over a service without a model, which notes what it was asked and fails as told; open unless told who may call. */
export async function fakeApp(fault: unknown = null, access: AccessSettings = {}) {
  const model = await loadFake();
  const verdict: Verdict = {
    label: 'neutral',
    answer: 'maybe',
    scores: { entailment: 0.25, neutral: 0.5, contradiction: 0.25 },
    image: { format: 'png', width: 4, height: 3 },
    model: { name: 'fake', revision: model.revision, dtype: 'int8' },
  };
  const asked: Question[] = [];
  const batches: Batch[] = [];
  const log: LogLine[] = [];
  /** The hypothesis `wait` waits for it. */
  const gate = Promise.withResolvers<void>();
  const service: Service = {
    async model() {
      if (fault !== null) throw fault;
      return model;
    },
    async answer(_keepAlive, readQuestion) {
      if (fault !== null) throw fault;
      asked.push(await readQuestion());
      return verdict;
    },
    async answerBatch(_keepAlive, readBatch, onResult) {
      if (fault !== null) throw fault;
      const batch = await readBatch();
      batches.push(batch);
      for (const hypothesis of batch.hypotheses) {
        if (hypothesis === 'wait') await gate.promise;
        if (hypothesis === 'fault') {
          onResult(new EntailError('inference_invalid', 'x', { cause: new RangeError('x') }));
          continue;
        }
        if (hypothesis === 'break') throw new EntailError('runtime_dead', 'it broke');
        const refused = new EntailError('bad_text', 'cannot read the hypothesis');
        onResult(hypothesis === '' ? refused : verdict);
      }
    },
  };
  const { blobs } = fakeModel();
  const stored = createStoredModel(mapStore(blobs), readManifest, systemClock);
  const app = createApp({
    service,
    stored,
    access,
    clock: systemClock,
    log: (line) => log.push(line),
  });
  const context = { waitUntil: () => {}, passThroughOnException: () => {}, props: {} };
  async function send(path: string, init?: RequestInit): Promise<Response> {
    return await app.request(path, init, {}, context);
  }
  /** Posts a question and gives what the service was asked. */
  async function ask(path: string, init: RequestInit): Promise<Question> {
    const answer = await send(path, { method: 'POST', ...init });
    assert.equal(answer.status, 200, await answer.clone().text());
    return asked.pop() ?? assert.fail('nothing was asked');
  }
  /** Posts what must be refused and gives `status code: detail`. */
  async function refusal(path: string, init: RequestInit): Promise<string> {
    const answer = await send(path, { method: 'POST', ...init });
    assert.equal(answer.headers.get('Content-Type'), 'application/problem+json');
    const { status, code, detail } = await answer.json();
    assert.equal(status, answer.status);
    assert.deepEqual(asked, []);
    return `${status} ${code}: ${detail}`;
  }
  const { routes } = app;
  return { model, blobs, routes, verdict, batches, log, gate, send, ask, refusal };
}
