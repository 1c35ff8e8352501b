/** A 12-megapixel photograph at high quality is 4-8 MB. */
export const MAX_IMAGE_BYTES = 10 * 1024 * 1024;
/** The largest image in base64 (4 bytes for 3), and room for two texts and the envelope. */
export const MAX_BODY_BYTES = Math.ceil(MAX_IMAGE_BYTES / 3) * 4 + 64 * 1024;
/** The largest body at 8 Mbit/s; the slot is held meanwhile. */
export const MAX_UPLOAD_MS = 15_000;
/** Sentences about one picture in one request: each takes a judge's time while the slot is held. */
export const MAX_HYPOTHESES = 32;
/** An image, that many hypotheses, a premise; some forms send a button or two. */
export const MAX_PARTS = 48;
