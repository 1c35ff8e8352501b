/** A request, as the page would show it in code. */
export interface ShownRequest {
  /** The endpoint's origin. */
  readonly endpoint: string;
  /** Of the file that was sent; of a gallery scene its address at the endpoint. */
  readonly image: { readonly name: string; readonly copied: boolean } | { readonly url: string };
  /** At least one. */
  readonly hypotheses: readonly string[];
  readonly premise: string | null;
  readonly explain: boolean;
  /** Whether a key went with it; it is never shown. */
  readonly withKey: boolean;
}

/** The environment variable that the code takes the key from; the repository's own commands read it too. */
export const KEY_VARIABLE = 'EDGE_ENTAIL_API_KEY';
