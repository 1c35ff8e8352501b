import type { Service } from '../../../scripts/hub/service.ts';

/** A service in a hurry, without a token. */
export function testService(changes: Partial<Service> = {}): Service {
  return {
    title: 'modelscope:someone/something, revision master',
    headers: {},
    tokenVariable: 'MODELSCOPE_API_TOKEN',
    signal: new AbortController().signal,
    stallMs: 150,
    firstWaitMs: 1,
    onTrouble: () => {},
    ...changes,
  };
}
