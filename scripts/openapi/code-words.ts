import { MAX_IMAGE_BYTES } from '../../functions/http/limits.ts';
import type { ErrorCode } from '../../functions/lib/entail-error.ts';
import { POINTER_KEY } from '../../functions/model/bucket-keys.ts';

/** What a code of the closed list says to people. */
export interface CodeWords {
  /** What happened: half a sentence. */
  readonly means: string;
  /** What whoever called can do. */
  readonly next: string;
  /** The `detail` of an example, as the Worker words it. */
  readonly detail: string;
}

const RETRY = 'Ask again.';

/** Words for each code, in the order of their statuses. */
export const CODE_WORDS: Readonly<Record<ErrorCode, CodeWords>> = {
  bad_request: {
    means: 'the body is not what its Content-Type says, or broke off',
    next: 'Send valid JSON or multipart, and a right Content-Length.',
    detail: 'cannot read the body: it is not UTF-8 JSON',
  },
  bad_text: {
    means: 'a text has a control character or half of a surrogate pair in it',
    next: 'Take it out.',
    detail: 'Cannot read the hypothesis: control character U+0000 in it',
  },
  length_mismatch: {
    means: 'more or fewer bytes arrived than Content-Length said',
    next: 'Send the whole body again.',
    detail: 'cannot read the body: 9 bytes arrived, Content-Length is 10',
  },
  unauthorized: {
    means: 'a key is needed, and there was none or a wrong one',
    next: 'Send `Authorization: Bearer KEY`.',
    detail: 'cannot take the request: send a valid API key as `Authorization: Bearer KEY`',
  },
  not_found: {
    means: 'there is nothing under this path',
    next: 'Compare the path with this reference.',
    detail: `cannot find shard ${'0'.repeat(64)}: GET /v1/model/manifest names those there are`,
  },
  method_not_allowed: {
    means: 'the path is there, but not for this method',
    next: 'Use a method that the header Allow names.',
    detail: 'cannot GET /v1/entail: only POST',
  },
  upload_timeout: {
    means: 'the body was not complete in time',
    next: 'Send a smaller picture, or over a faster line.',
    detail: 'cannot wait for the body: not complete after 15000 ms',
  },
  length_required: {
    means: 'never sent today',
    next: 'Send Content-Length.',
    detail: 'cannot take the body: Content-Length is missing',
  },
  body_too_large: {
    means: 'the body, or the picture in it, has too many bytes',
    next: 'Shrink the picture; the model sees a small square of it anyway.',
    detail: `cannot take the image: ${MAX_IMAGE_BYTES + 1} bytes, at most ${MAX_IMAGE_BYTES}`,
  },
  image_too_large: {
    means: 'the picture has too many pixels to be decoded here',
    next: 'Shrink the picture; the model sees a small square of it anyway.',
    detail:
      'cannot take the image: decoding its 6000 x 4000 pixels takes 208.5 MiB, there are 38; shrink it to 2490 x 1660, or send a baseline JPEG, which takes least',
  },
  unsupported_media: {
    means:
      'Content-Type is none of the three forms, the body is compressed, or the picture is neither JPEG nor PNG',
    next: 'Send multipart/form-data, application/json, or the picture itself.',
    detail:
      'cannot read the request: Content-Type is text/plain, send multipart/form-data, application/json or an image type',
  },
  unsupported_jpeg: {
    means:
      'a JPEG of a kind that is not decoded: CMYK, 12-bit, arithmetic, lossless, or with too many scans',
    next: 'Save it as a baseline or progressive JPEG in grey or colour.',
    detail: 'cannot take the JPEG: lossless coding',
  },
  unsupported_png: {
    means: 'a PNG of a kind that is not decoded: the variant for iPhones, or with too many chunks',
    next: 'Save it as a plain PNG.',
    detail: 'cannot take the PNG: variant for iPhones (CgBI)',
  },
  invalid_request: {
    means: 'a field is missing, given twice, too long, or of the wrong type',
    next: 'Correct what the detail names.',
    detail: 'cannot read the question: hypothesis is missing',
  },
  image_truncated: {
    means: 'the file ends too early',
    next: 'Send the whole file.',
    detail: 'cannot read the JPEG: it ends after 20480 bytes, before its end marker',
  },
  image_corrupt: {
    means: 'the file contradicts its own format',
    next: 'Save the picture anew.',
    detail: 'cannot read the PNG: wrong CRC in chunk IDAT',
  },
  rate_limited: {
    means: 'this key, or this address, asks too often',
    next: RETRY,
    detail: 'cannot take the request: too many lately',
  },
  inference_invalid: {
    means: 'the model put out what is no answer',
    next: 'Report it with its `request_id`.',
    detail: "cannot answer: the model's logits are NaN, NaN, NaN",
  },
  internal: {
    means: 'a fault of ours, or a malformed setting of the Worker',
    next: 'Report it with its `request_id`; the log has the rest.',
    detail: 'cannot answer: an unexpected fault, which was logged',
  },
  overloaded: {
    means: 'too many requests wait for their turn',
    next: RETRY,
    detail: 'cannot take the request: 16 requests wait already',
  },
  model_loading: {
    means: 'the model is being loaded and did not get ready in time',
    next: RETRY,
    detail: 'cannot answer yet: the model is being loaded, not done after 45000 ms',
  },
  model_missing: {
    means: 'the bucket has no model, or a part of it is gone',
    next: 'Push one: `npm run model:push`.',
    detail: `cannot load the model: no ${POINTER_KEY} in storage`,
  },
  model_integrity: {
    means: "a part of the model is not what its manifest says, or the self-test's answer differs",
    next: 'Push the model again.',
    detail: 'cannot read manifest.json: it is not UTF-8 JSON',
  },
  storage_unavailable: {
    means: 'the storage does not answer',
    next: RETRY,
    detail: `cannot open ${POINTER_KEY} in storage`,
  },
  runtime_dead: {
    means: 'the inference runtime broke, and is being replaced',
    next: RETRY,
    detail: 'the runtime broke',
  },
};
