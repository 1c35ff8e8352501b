import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { syntheticStateDict } from '../../../scripts/synthetic/state-dict.ts';
import { SYNTHETIC_SHAPES } from '../../../scripts/synthetic/synthetic-shapes.ts';
import { writeCheckpoint } from '../../../scripts/synthetic/write-checkpoint.ts';
import { runScript } from '../../lib/run-script.ts';
import { temporaryFolder } from '../../lib/temporary-folder.ts';

const folder = temporaryFolder();
const checkpoint = join(folder, 'checkpoint');
const pictures = 'test/fixtures/scenes';
const inspect = (...args: string[]) => runScript(['node', 'scripts/model-inspect.ts', ...args]);

before(async () => {
  const config = { ...SYNTHETIC_SHAPES.micro, vocabSize: 2000 };
  await writeCheckpoint(checkpoint, { config, tensors: syntheticStateDict(config) });
});

describe('npm run model:inspect', () => {
  it('prints tables, and writes a page whose charts lie beside it', async () => {
    const report = join(folder, 'report', 'found.md');
    const { exitCode, stdout, stderr } = await inspect('--from', checkpoint, '--report', report);
    assert.equal(exitCode, 0, stderr);
    for (const part of [
      'alone in int8',
      'layer2.1.conv2',
      'decoder.layers.0.fc1',
      'kept in fp32',
    ]) {
      assert.ok(stdout.includes(part), part);
    }
    const page = await readFile(report, 'utf8');
    const charts = Array.from(page.matchAll(/!\[.*\]\((.*)\)/g), ([, name = '']) => name);
    const files = await readdir(join(folder, 'report'));
    assert.deepEqual(files.toSorted(), ['found.json', 'found.md', ...charts].toSorted());
    for (const chart of charts) {
      const svg = await readFile(join(folder, 'report', chart), 'utf8');
      assert.ok(svg.startsWith('<svg') && !/NaN|undefined|Infinity/.test(svg), chart);
    }
  });

  it('asks the pairs about the pictures that are not for ranges, and counts right answers', async () => {
    const names = (await readdir(pictures)).filter((name) => name.endsWith('.png')).toSorted();
    const pairs = names.map((image, at) => ({
      image,
      hypothesis: 'there are two birds.',
      label: at === 1 ? 'entailment' : 'neutral',
    }));
    const file = join(folder, 'pairs.jsonl');
    await writeFile(file, pairs.map((pair) => JSON.stringify(pair)).join('\n'));
    const { exitCode, stdout, stderr } = await inspect(
      ...['--from', checkpoint, '--pictures', pictures, '--pairs', file, '--json'],
    );
    assert.equal(exitCode, 0, stderr);
    const report = JSON.parse(stdout);
    const own = Math.floor(names.length / 2);
    assert.deepEqual(
      [report.pictures, report.calibration, report.questions],
      [own, names.length - own, own],
    );
    assert.ok(report.fp32_right >= 0 && report.fp32_right <= own);
    assert.equal(report.ranges_from, 'mse');
  });

  it('says what is missing', async () => {
    const none = await inspect();
    assert.equal(none.exitCode, 1);
    assert.match(none.stderr, /--from is needed\n.*usage/s);
    const alone = await inspect('--from', checkpoint, '--pairs', 'pairs.jsonl');
    assert.match(alone.stderr, /--pictures is needed/);
  });
});
