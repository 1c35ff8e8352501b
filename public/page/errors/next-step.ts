import type { ConnectionErrorCode, ErrorCode } from '../../../client/index.ts';

/** What a visitor is told beside the endpoint's own sentence. */
export interface Advice {
  /** What happened, in a few words. */
  readonly title: string;
  /** What to do now. */
  readonly step: string;
}

const REPORT: Advice = {
  title: 'The endpoint made a mistake',
  step: 'Try again. If it stays, tell whoever runs this endpoint the request number below.',
};
const OPERATOR: Advice = {
  title: 'The model is not in order',
  step: 'Nothing to do here: whoever runs this endpoint has to push the model again (npm run model:push).',
};
const MOMENT = 'Wait some seconds and ask again; the page has tried a few times already.';
const OTHER_FORMAT =
  'Save it as an ordinary JPEG or PNG, or take a screenshot of it, and use that.';

/** The closed list of codes, and what can go wrong on the way. */
export const NEXT_STEP: Readonly<Record<ErrorCode | ConnectionErrorCode, Advice>> = {
  bad_request: REPORT,
  bad_text: {
    title: 'A sentence has characters that cannot be read',
    step: 'Type it again by hand, without what was pasted.',
  },
  length_mismatch: {
    title: 'The upload did not arrive whole',
    step: 'Ask again; check the connection if it happens twice.',
  },
  unauthorized: {
    title: 'This endpoint wants a key',
    step: 'Enter an API key that its operator gave you.',
  },
  not_found: {
    title: 'There is no such address here',
    step: 'Reload the page: it may be older than the endpoint.',
  },
  method_not_allowed: {
    title: 'This address is not asked that way',
    step: 'Reload the page: it may be older than the endpoint.',
  },
  upload_timeout: {
    title: 'The upload took too long',
    step: 'Use a faster connection or a smaller picture, and ask again.',
  },
  length_required: REPORT,
  body_too_large: {
    title: 'That is too much for one request',
    step: 'Use a smaller picture, or fewer and shorter sentences.',
  },
  image_too_large: {
    title: 'The picture has too many pixels',
    step: 'Use a smaller copy of it.',
  },
  unsupported_media: {
    title: 'This is no picture that the endpoint reads',
    step: OTHER_FORMAT,
  },
  unsupported_jpeg: {
    title: 'This kind of JPEG is not read',
    step: OTHER_FORMAT,
  },
  unsupported_png: {
    title: 'This kind of PNG is not read',
    step: OTHER_FORMAT,
  },
  invalid_request: {
    title: 'The question cannot be asked like this',
    step: 'Change the sentence that is named below: it needs words, and not more than a few lines of them.',
  },
  image_truncated: {
    title: 'The end of the picture is missing',
    step: 'Copy or download the file again, or use another one.',
  },
  image_corrupt: {
    title: 'The picture is damaged',
    step: 'Open it in a picture program, save it again, and use that.',
  },
  rate_limited: {
    title: 'You have asked often lately',
    step: 'Wait a minute, then ask again.',
  },
  inference_invalid: REPORT,
  internal: REPORT,
  overloaded: { title: 'Many are asking right now', step: MOMENT },
  model_loading: { title: 'The model is still loading', step: MOMENT },
  model_missing: {
    title: 'No model has been installed',
    step: 'Nothing to do here: whoever runs this endpoint has to push one (npm run model:push).',
  },
  model_integrity: OPERATOR,
  storage_unavailable: { title: 'The model cannot be reached right now', step: MOMENT },
  runtime_dead: { title: 'The endpoint is starting anew', step: MOMENT },
  unreachable: {
    title: 'The endpoint does not answer',
    step: 'Check your connection. If you run it yourself, see whether npm start still runs.',
  },
  broken_off: {
    title: 'The connection broke off',
    step: 'What has been answered stands. Ask again for the rest.',
  },
  unexpected_answer: {
    title: 'Something else answered in place of the endpoint',
    step: 'Reload the page. A proxy or a sign-in page may stand in between.',
  },
};
