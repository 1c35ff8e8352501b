/** A PNG of one grey pixel, the shortest picture that can be sent as text. */
export const TINY_PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==';

/** A sentence about `photo.jpg`. */
export const HYPOTHESIS = 'there are two birds.';

/** Where `npm start` answers; the page puts its own origin in its place. */
export const ORIGIN = 'http://127.0.0.1:8787';

/** Of a model, for examples. */
export const REVISION = 'sha256:6e5c27694b1189754bbbe6a20917768b85110015acfa3f3ae5c3f8308af51bc2';

/** Another one. */
export const OTHER_HYPOTHESIS = 'there is no crab.';
