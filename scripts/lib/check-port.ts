import { createServer } from 'node:net';

/**
 * Checks that nothing listens on a port of this machine, which workerd would not say clearly.
 *
 * @param port 1-65535.
 * @throws {Error} The port is taken or may not be used.
 */
export function checkPort(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => {
      const why =
        'code' in error && error.code === 'EADDRINUSE'
          ? 'another program listens there'
          : error.message;
      reject(
        new Error(`cannot listen on 127.0.0.1:${port}: ${why}. Choose another port with --port N.`),
      );
    });
    server.listen(port, '127.0.0.1', () => server.close(() => resolve()));
  });
}
