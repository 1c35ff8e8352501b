/** Whether a value is an array, without letting its elements become `any`. */
export function isList(value: unknown): value is unknown[] {
  return Array.isArray(value);
}
