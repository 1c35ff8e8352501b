import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Engine, PromptIds } from '../../../functions/model/engine.ts';
import { runSelfTest } from '../../../functions/model/self-test.ts';
import { selfTestPixels } from '../../../functions/model/self-test-pixels.ts';
import { FAKE_LOGITS, fakeEngine } from './fake-model.ts';

const TOLERANCE = 2 ** -10;
const selfTest = {
  encoder: [0, 5, 2],
  decoder: [0, 5],
  logits: { onnxruntime: FAKE_LOGITS },
  tolerance: TOLERANCE,
};
const LABELS = ['entailment', 'neutral', 'contradiction'] as const;
const refused = { name: 'EntailError', code: 'model_integrity' };

describe('selfTestPixels()', () => {
  it('draws the same picture every time, three bytes a pixel', () => {
    assert.equal(selfTestPixels(17).length, 17 * 17 * 3);
    assert.deepEqual(selfTestPixels(17), selfTestPixels(17));
  });

  it('draws what the manifests of version 1 were made with', () => {
    const pixels = selfTestPixels(480);
    const at = (x: number, y: number) => [...pixels.subarray((y * 480 + x) * 3).subarray(0, 3)];
    // u = floor(x * 256 / 480), v likewise: u, v xor (u >> 2), u * v >> 6, all modulo 256.
    assert.deepEqual(at(0, 0), [0, 0, 0]);
    assert.deepEqual(at(240, 0), [128, 32, 0]);
    assert.deepEqual(at(240, 240), [128, 160, 0]);
    assert.deepEqual(at(479, 479), [255, 255 ^ 63, ((255 * 255) >> 6) % 256]);
  });

  it('uses every level of every channel at full size', () => {
    const pixels = selfTestPixels(480);
    for (const channel of [0, 1, 2]) {
      const levels = new Set(pixels.filter((_, i) => i % 3 === channel));
      assert.equal(levels.size, 256, `channel ${channel}`);
    }
  });

  it('draws another picture for another variant', () => {
    const pictures = [0, 1, 2, 3].map((variant) => selfTestPixels(32, variant).join());
    assert.equal(new Set(pictures).size, 4);
  });
});

describe('runSelfTest()', () => {
  it('asks the question of the manifest about the self-test picture', async () => {
    const asked: { pictures: number; prompts: PromptIds[] } = { pictures: 0, prompts: [] };
    const engine = fakeEngine();
    const listening: Engine = {
      ...engine,
      encodeTestImage() {
        asked.pictures += 1;
        return engine.encodeTestImage();
      },
      judge(tokens, prompt) {
        asked.prompts.push(prompt);
        return engine.judge(tokens, prompt);
      },
    };
    await runSelfTest(listening, { selfTest });
    assert.equal(asked.pictures, 1);
    assert.deepEqual(asked.prompts, [{ encoder: [0, 5, 2], decoder: [0, 5] }]);
    assert.equal(engine.held.tokens, 0);
  });

  for (const label of LABELS) {
    it(`takes ${label} up to the tolerance and refuses it beyond, both ways`, async () => {
      for (const sign of [-1, 1]) {
        // Powers of two: the differences are exact.
        const logits = (by: number) => ({ ...FAKE_LOGITS, [label]: FAKE_LOGITS[label] + by });
        await runSelfTest(fakeEngine(logits(sign * TOLERANCE)), { selfTest });
        const off = fakeEngine(logits(sign * TOLERANCE * 1.001));
        await assert.rejects(runSelfTest(off, { selfTest }), refused);
        assert.equal(off.held.tokens, 0);
      }
    });

    it(`refuses ${label} that is not a finite number`, async () => {
      for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
        const engine = fakeEngine({ ...FAKE_LOGITS, [label]: value });
        await assert.rejects(runSelfTest(engine, { selfTest }), refused);
      }
    });
  }

  it('gives the image tokens back when the judge fails, and passes the failure on', async () => {
    const engine = fakeEngine();
    const failing: Engine = { ...engine, judge: () => Promise.reject(new Error('dead')) };
    await assert.rejects(runSelfTest(failing, { selfTest }), { message: 'dead' });
    assert.equal(engine.held.tokens, 0);
  });
});
