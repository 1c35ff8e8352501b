const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
const HEIGHTS = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** A bar that lies, of whole and eighths of characters. */
export function lyingBar(share: number, width: number): string {
  const eighths = Math.round(Math.min(1, Math.max(0, share)) * width * 8);
  return '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '');
}

/** A histogram in one line; heights go by the square root, so that tails are seen. */
export function standingBars(shares: readonly number[]): string {
  const most = Math.max(...shares);
  return shares
    .map((share) => {
      const height = share === 0 ? 0 : Math.max(1, Math.round(Math.sqrt(share / most) * 8));
      return HEIGHTS[height] ?? '';
    })
    .join('');
}
