import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { openStateFile } from '../../../../scripts/eval/answer/state-file.ts';
import { temporaryFolder } from '../../../lib/temporary-folder.ts';

const model = (revision: string) => ({ name: 'm', revision, dtype: 'int8' }) as const;
const HERE = { model: model('sha256:a'), via: 'here' } as const;
const ANSWER = {
  label: 'neutral',
  scores: { entailment: 0.1, neutral: 0.7, contradiction: 0.2 },
} as const;

async function writtenFile(rows: readonly string[]): Promise<string> {
  const path = join(temporaryFolder(), 'state.jsonl');
  const state = await openStateFile(path);
  for (const row of rows) await state.add(HERE, row, ANSWER);
  await state.close();
  return path;
}

describe('openStateFile()', () => {
  it('remembers answers from one run to the next', async () => {
    const state = await openStateFile(await writtenFile(['r1', 'r2']));
    assert.deepEqual(state.get(HERE, 'r1'), ANSWER);
    assert.deepEqual(state.get(HERE, 'r2'), ANSWER);
    assert.equal(state.get(HERE, 'r3'), undefined);
    await state.close();
  });

  it('never takes the answer of another model, or of another way to ask, for this one', async () => {
    const state = await openStateFile(await writtenFile(['r1']));
    assert.equal(state.get({ ...HERE, model: model('sha256:b') }, 'r1'), undefined);
    assert.equal(state.get({ ...HERE, via: 'endpoint' }, 'r1'), undefined);
    await state.close();
  });

  it('cuts off a last line that was left unfinished, at every place of it', async () => {
    const path = await writtenFile(['r1', 'r2']);
    const whole = readFileSync(path, 'utf8');
    const firstLine = whole.indexOf('\n') + 1;
    for (let length = 0; length < whole.length; length++) {
      writeFileSync(path, whole.slice(0, length));
      const state = await openStateFile(path);
      const kept = length < firstLine ? 0 : 1;
      assert.equal(state.get(HERE, 'r1') === undefined, kept === 0, `${length}`);
      assert.equal(state.get(HERE, 'r2'), undefined);
      await state.add(HERE, 'r2', ANSWER);
      await state.close();
      const lines = readFileSync(path, 'utf8').split('\n');
      assert.equal(lines.length, kept + 2);
      assert.equal(lines[kept], whole.slice(firstLine).trimEnd());
    }
  });

  it('changes nothing in a file that is none of ours', async () => {
    for (const text of ['notes without a line end', 'notes\n', '{"image": "a.png"}\n', '[']) {
      const path = join(temporaryFolder(), 'notes.txt');
      writeFileSync(path, text);
      await assert.rejects(openStateFile(path), /notes\.txt:1: not a line of a state file/);
      assert.equal(readFileSync(path, 'utf8'), text);
    }
    const path = await writtenFile(['r1']);
    appendFileSync(path, 'broken\n');
    await assert.rejects(openStateFile(path), /state\.jsonl:2: not a line/);
  });

  it('says which file it cannot write', async () => {
    const path = join(temporaryFolder(), 'nowhere', 'state.jsonl');
    await assert.rejects(openStateFile(path), /cannot use the state file .*state\.jsonl: ENOENT/);
  });
});
