import { HYPOTHESIS, PICTURE } from './first-question.ts';

/**
 * The first question as a line for a shell, run in the repository's folder.
 *
 * @param url The endpoint, without a slash at the end.
 * @param withKey Whether the endpoint wants an API key, which then stands in EDGE_ENTAIL_API_KEY.
 */
export function curlLine(url: string, withKey: boolean): string {
  const key = withKey ? ' -H "Authorization: Bearer $EDGE_ENTAIL_API_KEY"' : '';
  return `curl${key} -F image=@${PICTURE} -F hypothesis='${HYPOTHESIS}' ${url}/v1/entail`;
}
