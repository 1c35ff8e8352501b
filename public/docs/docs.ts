import { make } from '../page/dom/make.ts';

/** Where the examples think the endpoint is. */
const WRITTEN_ORIGIN = 'http://127.0.0.1:8787';
const COPIED_MS = 2000;

for (const block of document.querySelectorAll('pre')) {
  block.textContent = block.textContent.replaceAll(WRITTEN_ORIGIN, location.origin);
  const button = make('button', { type: 'button', class: 'copy' }, 'Copy');
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(block.textContent);
    button.textContent = 'Copied';
    setTimeout(() => {
      button.textContent = 'Copy';
    }, COPIED_MS);
  });
  const frame = make('div', { class: 'copyable' });
  block.replaceWith(frame);
  frame.append(block, button);
}
