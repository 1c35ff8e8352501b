/**
 * Reads a value a line, passing over empty lines.
 *
 * @throws {Error} A line is no JSON; the message names it.
 */
export function readJsonl(text: string): unknown[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      return [JSON.parse(line)];
    } catch (cause) {
      throw new Error(`line ${index + 1} is no JSON`, { cause });
    }
  });
}
