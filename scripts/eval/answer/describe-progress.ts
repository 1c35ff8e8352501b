import type { AnswerCounts } from './answer-pairs.ts';

/**
 * Says beside the bar how well it goes and how long it will take.
 *
 * @param elapsedMs Since the first answer of this run was asked for.
 */
export function describeProgress(
  { done, right, total, known }: AnswerCounts,
  elapsedMs: number,
): string {
  if (done === 0) return '';
  const accuracy = `${((right / done) * 100).toFixed(1)} % right`;
  if (done === known) return accuracy;
  const leftS = Math.round((elapsedMs / (done - known) / 1000) * (total - done));
  return `${accuracy}, ${describeSeconds(leftS)} left`;
}

function describeSeconds(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
