import { createRequire } from 'node:module';
import * as z from 'zod/mini';
import type { Noun } from '../nouns/noun.ts';
import { shapeSvg } from './shape-svg.ts';

/** A set of icons in one hand. */
export interface IconStyle {
  readonly name: string;
  /** @returns An SVG document of one square picture. */
  svg(noun: Noun): string;
}

const icon = z.object({ body: z.string() });
const iconSet = z.object({
  width: z.number(),
  height: z.number(),
  icons: z.record(z.string(), icon),
});

/**
 * Loads the icons of an installed `@iconify-json` package.
 *
 * @param set For example `noto`.
 * @throws {Error} The package is not installed; asking for an icon that it lacks throws too.
 */
export function openIconStyle(set: string): IconStyle {
  const require = createRequire(import.meta.url);
  const { width, height, icons } = iconSet.parse(require(`@iconify-json/${set}/icons.json`));
  return {
    name: set,
    svg(noun) {
      if (noun.icons.length === 0) return shapeSvg(noun.name, set);
      const name = noun.icons.find((name) => icons[name] !== undefined);
      const body = name === undefined ? undefined : icons[name]?.body;
      if (body === undefined) {
        throw new Error(`cannot draw ${noun.name}: ${set} has no ${noun.icons.join(' or ')}`);
      }
      return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}">${body}</svg>`;
    },
  };
}
