import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runPython } from './run-python.ts';
import { torchMissing } from './torch-missing.ts';

const CLASSES = ['Judge', 'Step', 'Mentions', 'Data', 'Plan', 'Together', 'Notes'];

test('pieces.py finds the parts of the training as they should be', {
  skip: torchMissing,
}, async () => {
  // A failed test ends the program with 1, and its report is in the error.
  assert.equal(await runPython(['test/scripts/train/pieces.py', ...CLASSES]), '');
});
