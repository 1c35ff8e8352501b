import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import * as z from 'zod';
import { repositoryFolder } from '../../../scripts/lib/repository-folder.ts';
import { runScript } from '../../lib/run-script.ts';
import { temporaryFolder } from '../../lib/temporary-folder.ts';
import { startStandIn } from './stand-in-endpoint.ts';

const command = (name: string) => [process.execPath, join(repositoryFolder, `scripts/${name}.ts`)];
const lines = z.array(z.object({ row: z.string(), label: z.string(), scores: z.unknown() }));
const output = z.object({
  pairs: z.number(),
  split: z.string(),
  published: z.unknown().optional(),
});

/** Draws the same scenes in both forms. */
async function drawn() {
  const folder = temporaryFolder();
  const draw = async (format: string) => {
    const out = join(folder, format);
    const args = ['--out', out, '--count', '4', '--seed', '5', '--split', 'test'];
    const { exitCode, stderr } = await runScript([
      ...command('scenes'),
      ...args,
      '--format',
      format,
    ]);
    assert.equal(exitCode, 0, stderr);
    return out;
  };
  return { snliVe: await draw('snli-ve'), ofaTsv: await draw('ofa-tsv') };
}

/** Everything that was answered, in an order of its own. */
function answers(path: string) {
  const text = readFileSync(path, 'utf8').trimEnd().split('\n');
  return lines
    .parse(text.map((line): unknown => JSON.parse(line)))
    .sort((a, b) => a.row.localeCompare(b.row));
}

describe('SNLI-VE as published', async () => {
  const { snliVe, ofaTsv } = await drawn();
  const jsonl = ['--data', join(snliVe, 'scenes_test.jsonl'), '--images', join(snliVe, 'images')];
  const tsv = ['--data', join(ofaTsv, 'scenes_test.tsv')];

  it('gives the same answers as JSONL with a folder and as TSV, with and without premise', async () => {
    for (const extra of [[], ['--premise']]) {
      const states = [
        join(temporaryFolder(), 'a.jsonl'),
        join(temporaryFolder(), 'b.jsonl'),
      ] as const;
      const found: unknown[] = [];
      for (const [data, state] of [
        [jsonl, states[0]],
        [tsv, states[1]],
      ] as const) {
        const args = [...data, ...extra, '--state', state, '--json'];
        const { exitCode, stdout, stderr } = await runScript([...command('eval'), ...args]);
        assert.equal(exitCode, 0, stderr);
        const { data: _, ...rest } = JSON.parse(stdout);
        const { pairs, split, published } = output.parse(rest);
        assert.deepEqual([pairs, split, published], [48, 'test', undefined]);
        found.push(rest);
      }
      assert.deepEqual(found[0], found[1]);
      assert.deepEqual(answers(states[0]), answers(states[1]));
    }
  });

  it('asks nothing again of the TSV that the JSONL was answered for', async (t) => {
    const standIn = await startStandIn({ name: 'ofa_visual-entailment_snli-ve_distilled_v2_en' });
    t.after(() => standIn.close());
    const more = ['--endpoint', standIn.url, '--premise', '--state', join(temporaryFolder(), 's')];
    const first = await runScript([...command('eval'), ...jsonl, ...more]);
    assert.equal(first.exitCode, 0, first.stderr);
    const asked = standIn.asked();
    const second = await runScript([...command('eval'), ...tsv, ...more]);
    assert.equal(second.exitCode, 0, second.stderr);
    assert.equal(standIn.asked(), asked);
    // A model of the published name gets its figures, the split by the file's name, and what differs.
    assert.match(second.stdout, /OFA-tiny, distilled +87\.0 % +86\.9 %/);
    assert.match(second.stdout, /OFA-tiny, fine-tuned +85\.3 % +85\.2 %/);
    assert.match(second.stdout, /scenes_test\.tsv is the test split: .* points below the 86\.9 %/);
    assert.match(second.stdout, /Pairs: published on 17858 .* here on 48\./);
  });

  it('has the published fields and names', () => {
    const [first = ''] = readFileSync(join(snliVe, 'scenes_test.jsonl'), 'utf8').split('\n');
    const row: unknown = JSON.parse(first);
    assert.deepEqual(Object.keys(Object(row)).sort(), [
      'Flickr30K_ID',
      'annotator_labels',
      'captionID',
      'gold_label',
      'pairID',
      'sentence1',
      'sentence2',
    ]);
    assert.deepEqual(readdirSync(join(snliVe, 'images')).length, 4);
    const [tsvRow = ''] = readFileSync(join(ofaTsv, 'scenes_test.tsv'), 'utf8').split('\n');
    const [uniqId, imageId, picture = '', , , label] = tsvRow.split('\t');
    assert.deepEqual([uniqId, imageId], ['1000000.jpg#0r1', '1000000']);
    assert.match(label ?? '', /^(entailment|neutral|contradiction)$/);
    const bytes = Buffer.from(picture, 'base64');
    assert.deepEqual(bytes, readFileSync(join(snliVe, 'images', `${imageId}.jpg`)));
  });
});
