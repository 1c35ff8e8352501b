import type { Samples } from './code-samples.ts';
import { HYPOTHESIS, ORIGIN, OTHER_HYPOTHESIS } from './example-values.ts';

/** `POST /v1/entail` in each of its forms. */
export const ENTAIL_SAMPLES: Samples = {
  curl: [
    [
      'Form',
      `curl ${ORIGIN}/v1/entail \\
  -F image=@photo.jpg \\
  -F hypothesis='${HYPOTHESIS}'`,
    ],
    [
      'JSON',
      `printf '{"image": "%s", "hypothesis": "%s"}' \\
  "$(base64 -w0 photo.jpg)" '${HYPOTHESIS}' |
curl ${ORIGIN}/v1/entail \\
  -H 'Content-Type: application/json' \\
  --data-binary @-`,
    ],
    [
      'Picture',
      `curl '${ORIGIN}/v1/entail?hypothesis=there+are+two+birds.' \\
  -H 'Content-Type: image/jpeg' \\
  --data-binary @photo.jpg`,
    ],
    [
      'Where it looked',
      `curl ${ORIGIN}/v1/entail \\
  -F image=@photo.jpg \\
  -F hypothesis='${HYPOTHESIS}' \\
  -F explain=true`,
    ],
  ],
  typescript: `const { label, scores } = await client.entail({
  image,
  hypothesis: '${HYPOTHESIS}',
});
console.log(label, scores[label]);`,
};

/** `POST /v1/entail/batch`, whole and line by line. */
export const BATCH_SAMPLES: Samples = {
  curl: [
    [
      'Form',
      `curl ${ORIGIN}/v1/entail/batch \\
  -F image=@photo.jpg \\
  -F hypothesis='${HYPOTHESIS}' \\
  -F hypothesis='${OTHER_HYPOTHESIS}'`,
    ],
    [
      'Line by line',
      `curl --no-buffer ${ORIGIN}/v1/entail/batch \\
  -H 'Accept: application/x-ndjson' \\
  -F image=@photo.jpg \\
  -F hypothesis='${HYPOTHESIS}' \\
  -F hypothesis='${OTHER_HYPOTHESIS}'`,
    ],
  ],
  typescript: `const hypotheses = ['${HYPOTHESIS}', '${OTHER_HYPOTHESIS}'];
for await (const result of client.entailStream({ image, hypotheses })) {
  console.log('label' in result ? result.label : result.detail);
}`,
};
