import { storedKey } from './access/key-store.ts';
import { showCode } from './code/code-view.ts';
import { byId } from './dom/by-id.ts';
import type { Picture } from './picture/picture.ts';

/** Shown in code while no sentence has been written. */
const EXAMPLE = 'There are two birds.';

/** What the visitor has set beside picture and sentences. */
export interface QuestionOptions {
  readonly premise: string | undefined;
  readonly explain: boolean;
}

/** Reads the options as they are set now. */
export function questionOptions(): QuestionOptions {
  const premise = byId('premise', HTMLTextAreaElement).value.trim();
  return {
    premise: premise === '' ? undefined : premise,
    explain: byId('explain', HTMLInputElement).checked,
  };
}

/** Shows the question in code, as it stands now. */
export function showQuestion({ url, name, sentSide }: Picture, texts: readonly string[]): void {
  const { premise, explain } = questionOptions();
  showCode({
    endpoint: location.origin,
    image: url === null ? { name, copied: sentSide !== null } : { url },
    hypotheses: texts.length === 0 ? [EXAMPLE] : texts,
    premise: premise ?? null,
    explain,
    withKey: storedKey() !== undefined,
  });
}
