/** What a reader of words alone sees of a sentence: its words, and its pairs of neighbours. */
export function wordsOf(text: string): string[] {
  const words = `^ ${text.replaceAll(/[.,]/g, '')} $`.split(' ');
  return [...words, ...words.slice(1).map((word, at) => `${words[at]} ${word}`)];
}
