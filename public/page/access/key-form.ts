import { make } from '../dom/make.ts';
import { storedKey, storeKey } from './key-store.ts';

/**
 * Makes the form for an API key.
 *
 * @param onKey Called when one has been entered and stored.
 */
export function keyForm(onKey: () => void): HTMLFormElement {
  const field = make('input', {
    id: 'api-key',
    type: 'password',
    autocomplete: 'off',
    required: '',
    value: storedKey() ?? '',
  });
  const form = make(
    'form',
    { class: 'key-form' },
    make('label', { for: 'api-key' }, 'API key'),
    field,
    make('button', { type: 'submit', class: 'button' }, 'Use it'),
    make('p', { class: 'hint' }, 'It stays in this tab, and is forgotten when you close it.'),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    storeKey(field.value.trim());
    onKey();
  });
  return form;
}
