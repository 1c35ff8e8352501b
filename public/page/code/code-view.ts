import { byId } from '../dom/by-id.ts';
import { curlCommand } from './curl-command.ts';
import { KEY_VARIABLE, type ShownRequest } from './request.ts';
import { typescriptCode } from './typescript-code.ts';

const COPIED_MS = 2000;

/** Shows a request in code, to be copied. */
export function showCode(request: ShownRequest): void {
  byId('curl', HTMLElement).textContent = curlCommand(request);
  byId('typescript', HTMLElement).textContent = typescriptCode(request);
  const { image } = request;
  const where = placeOf(image);
  const key = request.withKey ? ` Put your key into ${KEY_VARIABLE} first.` : '';
  byId('code-hint', HTMLElement).textContent = where + key;
}

/** Says what it could do: over plain HTTP, but on one's own machine, browsers let no page write to the clipboard. */
async function copy(code: HTMLElement): Promise<'Copied' | 'Selected'> {
  try {
    await navigator.clipboard.writeText(code.textContent);
    return 'Copied';
  } catch {
    getSelection()?.selectAllChildren(code);
    return 'Selected';
  }
}

function placeOf(image: ShownRequest['image']): string {
  if ('url' in image) return 'It runs as it is, from anywhere.';
  const save = image.copied ? 'Save what is sent first, with the link below the picture. ' : '';
  return `${save}Run it where ${image.name} is.`;
}

/** Makes the buttons copy, and lets the keyboard scroll. */
export function listenForCopying(): void {
  for (const block of document.querySelectorAll('pre')) block.tabIndex = 0;
  for (const name of ['curl', 'typescript']) {
    const button = byId(`copy-${name}`, HTMLButtonElement);
    button.addEventListener('click', async () => {
      button.textContent = await copy(byId(name, HTMLElement));
      setTimeout(() => {
        button.textContent = 'Copy';
      }, COPIED_MS);
    });
  }
}
