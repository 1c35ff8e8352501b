const VISIBLE = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}]/u;

/** Tells whether a text shows nothing: white space and invisible characters (zero-width ones, say) alone. */
export function isBlank(text: string): boolean {
  return !VISIBLE.test(text);
}
