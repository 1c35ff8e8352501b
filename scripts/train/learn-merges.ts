/** A pair seen less often teaches nothing about other words. */
const MIN_PAIR_COUNT = 2;

/**
 * Learns byte-pair merges: again and again the most frequent pair of neighbours becomes one token.
 * Of equally frequent pairs the first in the order of their characters wins, so that the same words
 * always give the same merges.
 *
 * @param words How often each word occurs; a word is its tokens to begin with, one a byte.
 * @param most Merges to learn; fewer come when no pair is left that occurs twice.
 * @returns Left and right token of each merge, first rank first.
 * @see Sennrich et al., Neural Machine Translation of Rare Words with Subword Units, arXiv 1508.07909
 */
export function learnMerges(
  words: readonly (readonly [tokens: readonly string[], count: number])[],
  most: number,
): [string, string][] {
  let current = words.map(([tokens, count]) => ({ tokens, count }));
  const merges: [string, string][] = [];
  while (merges.length < most) {
    const pair = mostFrequentPair(current);
    if (pair === null) break;
    merges.push(pair);
    current = current
      .map(({ tokens, count }) => ({ tokens: mergePair(tokens, pair), count }))
      // A word that is one token has no pairs any more.
      .filter(({ tokens }) => tokens.length > 1);
  }
  return merges;
}

function mostFrequentPair(
  words: readonly { readonly tokens: readonly string[]; readonly count: number }[],
): [string, string] | null {
  const counts = new Map<string, number>();
  for (const { tokens, count } of words) {
    for (let i = 1; i < tokens.length; i++) {
      // Tokens are written in the byte alphabet, which has no space.
      const pair = `${tokens[i - 1]} ${tokens[i]}`;
      counts.set(pair, (counts.get(pair) ?? 0) + count);
    }
  }
  let best: string | null = null;
  let bestCount = MIN_PAIR_COUNT - 1;
  for (const [pair, count] of counts) {
    if (count > bestCount || (count === bestCount && best !== null && pair < best)) {
      best = pair;
      bestCount = count;
    }
  }
  const [left, right] = best?.split(' ') ?? [];
  return left === undefined || right === undefined ? null : [left, right];
}

/** Joins a pair wherever it stands, from the left, as `mergeWord()` does. */
function mergePair(
  tokens: readonly string[],
  [left, right]: readonly [string, string],
): readonly string[] {
  if (!tokens.includes(left)) return tokens;
  const merged: string[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] ?? '';
    if (token === left && tokens[i + 1] === right) {
      merged.push(left + right);
      i += 1;
    } else merged.push(token);
  }
  return merged;
}
