import * as z from 'zod/mini';
import { MAX_IMAGE_BYTES } from '../../functions/http/limits.ts';
import { problemSchema } from '../../functions/http/schema/problem-schema.ts';
import { batchSchemas, questionSchemas } from '../../functions/http/schema/request-schemas.ts';
import { modelDescriptionSchema } from '../../functions/pipeline/model-description-schema.ts';
import { explanationSchema, verdictSchema } from '../../functions/pipeline/verdict-schema.ts';
import { MAX_TEXT_CHARACTERS } from '../../functions/text/check-text.ts';
import { HYPOTHESIS, TINY_PNG } from './example-values.ts';

/** Keywords of JSON Schema that stand beside what a schema checks: `id` makes a component of it. */
export const words = z.registry<Readonly<Record<string, unknown>>>();

const MEBIBYTES = MAX_IMAGE_BYTES / 1024 / 1024;
const IMAGE = `A JPEG or PNG of at most ${MEBIBYTES} MiB`;
const NEEDED = 'Needed in the body or in the query, under this name or as `text`.';
const EXPLAIN = 'Whether the verdict says where the model looked.';

const texts = {
  hypothesis: { description: `The sentence to judge. ${NEEDED}`, examples: [HYPOTHESIS] },
  premise: {
    description: 'What is known of the picture already, such as a caption. Blank counts as absent.',
    examples: ['a drawing of birds on a hill'],
  },
  text: {
    description: "ModelScope's name of `hypothesis`; both may be there when they are equal.",
  },
  text2: { description: "ModelScope's name of `premise`; both may be there when they are equal." },
  explain: { description: EXPLAIN },
};

for (const { shape } of [questionSchemas.json, questionSchemas.query, batchSchemas.json]) {
  for (const name of ['hypothesis', 'premise', 'text', 'text2'] as const) {
    words.add(shape[name], { ...texts[name], maxLength: MAX_TEXT_CHARACTERS });
  }
  words.add(shape.explain, texts.explain);
}
for (const name of ['hypothesis', 'text'] as const) {
  words.add(batchSchemas.query.shape[name], {
    description:
      name === 'hypothesis'
        ? `A sentence to judge; once for each. ${NEEDED}`
        : "ModelScope's name of `hypothesis`; fields of both names count.",
  });
}
for (const { shape } of [questionSchemas.json, batchSchemas.json]) {
  words.add(shape.image, {
    description: `${IMAGE}, as base64 or as a \`data:\` URL. Not a link: pictures are not fetched from the web.`,
    minLength: 1,
    examples: [TINY_PNG],
  });
}
for (const { shape } of [questionSchemas.form, batchSchemas.form]) {
  words.add(shape.image, { description: `${IMAGE}, as a file.` });
}
words.add(batchSchemas.json.shape.hypotheses, {
  description: 'The sentences to judge, answered in this order.',
  examples: [[HYPOTHESIS, 'there is no crab.']],
});

words.add(questionSchemas.json, { id: 'Question', description: 'One picture, one sentence.' });
words.add(questionSchemas.form, { id: 'QuestionForm', description: 'The same as a form.' });
words.add(batchSchemas.json, { id: 'Batch', description: 'One picture, several sentences.' });
words.add(batchSchemas.form, { id: 'BatchForm', description: 'The same as a form.' });

const { shape: verdict } = verdictSchema;
words.add(verdictSchema, { id: 'Verdict', description: 'What the picture does to the sentence.' });
words.add(verdict.label, {
  description:
    'The class with the highest score. `entailment`: the picture shows that the sentence holds; `contradiction`: that it does not; `neutral`: it leaves it open.',
});
words.add(verdict.answer, { description: "The same in the model's own words." });
words.add(verdict.scores, { description: 'Probabilities in full precision; they sum to 1.' });
words.add(verdict.image, {
  description: 'The file that was sent; pixels upright, as its EXIF orientation says.',
});
words.add(verdict.model, { description: 'Which weights answered.' });
words.add(verdict.model.shape.revision, { description: "SHA-256 of the model's manifest." });
words.add(verdict.explanation, { description: 'Only when `explain` was set.' });
words.add(explanationSchema, {
  id: 'Explanation',
  description:
    "Where the model looked: the decoder's cross-attention at the answer, averaged over heads and layers.",
});
words.add(explanationSchema.shape.grid, {
  description: 'Rows and columns of cells; they cover the whole picture, however it is shaped.',
});
words.add(explanationSchema.shape.attention, {
  description:
    'A weight for each cell, row by row from the top left, in six significant digits. Their sum is at most 1; the rest went to the words of the prompt.',
});

const { shape: problem } = problemSchema;
words.add(problemSchema, { id: 'Problem', description: 'What went wrong (RFC 9457).' });
words.add(problem.title, { description: 'The status in words.' });
words.add(problem.detail, { description: 'A sentence for people: what, the value, the limit.' });
words.add(problem.code, { description: 'For programs; from a closed list.' });
words.add(problem.retryable, {
  description: 'Whether the same request may get another answer later.',
});
words.add(problem.request_id, {
  description: 'As in the header X-Request-Id; the log has it too.',
});

const { shape: model } = modelDescriptionSchema;
words.add(modelDescriptionSchema, { id: 'Model', description: 'The model that answers.' });
words.add(model.vision, { description: 'What runs vision: our own kernels, or onnxruntime-web.' });
words.add(model.image, { description: 'Pixels a side of what the model sees.' });
words.add(model.text, {
  description: 'The longest text that is taken, and how many tokens of the prompt are read.',
});
