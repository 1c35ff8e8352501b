import { EntailError } from '../lib/entail-error.ts';
import type { Shrink } from './shrink.ts';

/** The part of Cloudflare's Images binding that is used. */
export interface Images {
  input(picture: ReadableStream<Uint8Array>): {
    transform(options: {
      readonly width: number;
      readonly height: number;
      readonly fit: 'scale-down';
    }): {
      output(options: { readonly format: 'image/png' }): Promise<{ response(): Response }>;
    };
  };
}

/** Shrinks pictures with Cloudflare Images, which turns them upright; PNG, so that nothing is lost twice. */
export function createShrink(images: Images): Shrink {
  return async function shrink(file, side) {
    try {
      const result = await images
        .input(new Blob([file.slice()]).stream())
        .transform({ width: side, height: side, fit: 'scale-down' })
        .output({ format: 'image/png' });
      return new Uint8Array(await result.response().arrayBuffer());
    } catch (cause) {
      // The service names no reasons that could be told apart for sure; what is retried in vain costs little.
      throw new EntailError(
        'storage_unavailable',
        'cannot shrink the image: Cloudflare Images did not make it',
        {
          cause,
        },
      );
    }
  };
}
