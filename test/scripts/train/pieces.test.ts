import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runPython } from './run-python.ts';
import { torchMissing } from './torch-missing.ts';

const CLASSES = {
  'pieces.py': ['Judge', 'Step', 'Mentions', 'Data'],
  'loop.py': ['Plan', 'Together', 'Notes'],
};

for (const [file, classes] of Object.entries(CLASSES)) {
  test(`${file} finds the parts of the training as they should be`, {
    skip: torchMissing,
  }, async () => {
    // A failed test ends the program with 1, and its report is in the error.
    assert.equal(await runPython([`test/scripts/train/${file}`, ...classes]), '');
  });
}
