import { byId } from '../dom/by-id.ts';

/**
 * Takes files however they come: chosen, photographed, dropped anywhere on the page, or pasted.
 *
 * @param take Gets the first of them.
 */
export function listenForFiles(take: (file: File) => void): void {
  for (const [button, input] of [
    ['choose', 'file'],
    ['photograph', 'camera'],
  ] as const) {
    const field = byId(input, HTMLInputElement);
    byId(button, HTMLButtonElement).addEventListener('click', () => field.click());
    field.addEventListener('change', () => {
      takeFirst(field.files, take);
      // So that the same file can be chosen again.
      field.value = '';
    });
  }
  document.addEventListener('paste', ({ clipboardData }) => {
    takeFirst(clipboardData?.files, take);
  });
  const mark = (on: boolean) => document.body.classList.toggle('dropping', on);
  document.addEventListener('dragover', (event) => {
    if (event.dataTransfer?.types.includes('Files') !== true) return;
    event.preventDefault();
    mark(true);
  });
  document.addEventListener('dragleave', ({ relatedTarget }) => {
    if (relatedTarget === null) mark(false);
  });
  document.addEventListener('drop', (event) => {
    mark(false);
    if (event.dataTransfer?.types.includes('Files') !== true) return;
    event.preventDefault();
    takeFirst(event.dataTransfer.files, take);
  });
}

function takeFirst(files: FileList | null | undefined, take: (file: File) => void): void {
  const file = files?.item(0);
  if (file) take(file);
}
