/** One named value of a request. */
export interface Field {
  readonly name: FieldName;
  readonly value: string | Uint8Array | boolean;
}

/** Names with a meaning; ModelScope calls hypothesis and premise `text` and `text2`. */
export type FieldName = 'image' | 'explain' | TextName;

/** Names of texts. */
export type TextName = 'hypothesis' | 'premise' | 'text' | 'text2';

/** Values as the schemas let them through; null counts as absent. */
export interface TextValues {
  readonly hypotheses?: readonly string[] | null | undefined;
  readonly hypothesis?: Text;
  readonly premise?: Text;
  readonly text?: Text;
  readonly text2?: Text;
  readonly explain?: boolean | 'true' | 'false' | null | undefined;
}

type Text = string | readonly string[] | null | undefined;

/** Makes the fields of checked values, one for each text. */
export function textFields({ hypotheses, explain, ...texts }: TextValues): Field[] {
  const { hypothesis, premise, text, text2 } = texts;
  return [
    ...fieldsOf('hypothesis', hypotheses),
    ...fieldsOf('hypothesis', hypothesis),
    ...fieldsOf('text', text),
    ...fieldsOf('premise', premise),
    ...fieldsOf('text2', text2),
    ...(explain == null ? [] : [{ name: 'explain', value: String(explain) === 'true' } as const]),
  ];
}

function fieldsOf(name: TextName, values: Text): Field[] {
  return [values ?? []].flat().map((value) => ({ name, value }));
}
