/** A PNG of one grey pixel, the shortest picture that can be sent as text. */
export const TINY_PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==';

/** A sentence about `photo.jpg`. */
export const HYPOTHESIS = 'there are two birds.';

/** Where `npm start` answers; the page puts its own origin in its place. */
export const ORIGIN = 'http://127.0.0.1:8787';

/** Of a model, for examples. */
export const REVISION = 'sha256:b286715c8c90ea8b9694bacd6a7ab9e5e6651302d7aadbe0b3dd2e6815849411';

/** Another one. */
export const OTHER_HYPOTHESIS = 'there is no crab.';
