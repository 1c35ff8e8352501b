import { EntailError } from '../../functions/lib/entail-error.ts';
import type { Reply } from './messages.ts';

/** Replies that have come through a port and those still to come, in their order. */
export interface Inbox {
  /**
   * The next reply.
   *
   * @param interrupted Rejects when nobody should wait any longer.
   * @throws {EntailError} the reply says that the work has failed.
   * @throws What `interrupted` rejects with.
   */
  next(interrupted: Promise<never>): Promise<Reply>;
}

/** Listens to a port. */
export function createInbox(port: MessagePort): Inbox {
  const arrived: Reply[] = [];
  let wake: () => void = () => {};
  port.onmessage = ({ data }: MessageEvent<Reply>) => {
    arrived.push(data);
    wake();
  };
  return {
    async next(interrupted) {
      for (;;) {
        const { promise, resolve } = Promise.withResolvers<void>();
        wake = resolve;
        if (arrived.length > 0) wake();
        await Promise.race([interrupted, promise]);
        const reply = arrived.shift();
        if (reply?.kind === 'failed') throw new EntailError(reply.code, reply.message);
        if (reply !== undefined) return reply;
      }
    },
  };
}
