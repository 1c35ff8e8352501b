import { EntailError } from '../functions/lib/entail-error.ts';

// wrangler.toml puts this in the place of Node's `module` and `worker_threads`, which the inference
// runtime imports only where it believes itself in Node. To get here means that belief was wrong.
throw new EntailError('runtime_dead', 'cannot start the runtime: it asks for a module of Node');
