const NAME = 'edge-entail-api-key';

/** Gets the key that was entered in this tab, if one was. */
export function storedKey(): string | undefined {
  return sessionStorage.getItem(NAME) ?? undefined;
}

/** Keeps a key until this tab is closed. */
export function storeKey(key: string): void {
  sessionStorage.setItem(NAME, key);
}
