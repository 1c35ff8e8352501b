/** A PNG of one grey pixel, the shortest picture that can be sent as text. */
export const TINY_PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==';

/** A sentence about `photo.jpg`. */
export const HYPOTHESIS = 'there are two birds.';

/** Where `npm start` answers; the page puts its own origin in its place. */
export const ORIGIN = 'http://127.0.0.1:8787';

/** Of a model, for examples. */
export const REVISION = 'sha256:427ee9edb688d1ca776344847d906c86b69dfb577306f3103e5a6d73a4efcba2';

/** Another one. */
export const OTHER_HYPOTHESIS = 'there is no crab.';
