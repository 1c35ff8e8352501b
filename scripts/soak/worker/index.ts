import worker from '../../../functions/index.ts';
import { createWasmLedger } from './wasm-ledger.ts';

const ledger = createWasmLedger();

/** The Worker itself, as it is deployed, with one more route that tells of its WASM memory. */
export default {
  async fetch(...args: Parameters<typeof worker.fetch>): Promise<Response> {
    const [request] = args;
    if (new URL(request.url).pathname === '/soak/wasm') return Response.json(ledger.read());
    try {
      return await worker.fetch(...args);
    } finally {
      ledger.requestEnded();
    }
  },
};
