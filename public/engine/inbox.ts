import { EntailError } from '../../functions/lib/entail-error.ts';
import type { Reply } from './messages.ts';

/** Replies that have come through a port and those still to come, in their order. */
export interface Inbox {
  /**
   * The next reply.
   *
   * @param ended Rejects when nothing more can come.
   * @throws {EntailError} the reply says that the work has failed.
   */
  next(ended: Promise<never>): Promise<Exclude<Reply, { kind: 'failed' }>>;
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
    async next(ended) {
      for (;;) {
        const reply = arrived.shift();
        if (reply?.kind === 'failed') throw new EntailError(reply.code, reply.message);
        if (reply !== undefined) return reply;
        const { promise, resolve } = Promise.withResolvers<void>();
        wake = resolve;
        await Promise.race([promise, ended]);
      }
    },
  };
}
