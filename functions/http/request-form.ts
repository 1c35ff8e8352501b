import { EntailError } from '../lib/entail-error.ts';

/** How a question is sent: as a form, as JSON, or as the image alone with its texts in the query. */
export type RequestForm = 'multipart' | 'json' | 'raw';

/** Types that say nothing of a body: the header of the picture decides, as it does for `image/...`. */
const RAW_TYPES: ReadonlySet<string> = new Set(['', 'application/octet-stream']);

/**
 * Tells the form of a request by its headers.
 *
 * @throws {EntailError} `unsupported_media`: none of the three, or a compressed body.
 */
export function requestForm(headers: Headers): RequestForm {
  const encoding = headers.get('Content-Encoding') ?? 'identity';
  if (encoding !== 'identity') {
    throw unsupported(`Content-Encoding is ${encoding.slice(0, 40)}, send the body as it is`);
  }
  const type = (headers.get('Content-Type') ?? '').split(';', 1).join().trim().toLowerCase();
  if (type === 'multipart/form-data') return 'multipart';
  if (type === 'application/json') return 'json';
  if (type.startsWith('image/') || RAW_TYPES.has(type)) return 'raw';
  throw unsupported(
    `Content-Type is ${type.slice(0, 80)}, send multipart/form-data, application/json or an image type`,
  );
}

function unsupported(why: string): EntailError {
  return new EntailError('unsupported_media', `cannot read the request: ${why}`);
}
