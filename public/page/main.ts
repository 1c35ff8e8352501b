import { startPlayground } from './playground.ts';

await startPlayground();
document.documentElement.dataset.ready = 'true';
