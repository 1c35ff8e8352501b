import { KEY_VARIABLE, type ShownRequest } from './request.ts';
import { shellQuote } from './shell-quote.ts';

/** Writes a request as a command that runs as it is, where the picture's file is. */
export function curlCommand(request: ShownRequest): string {
  const { endpoint, image, hypotheses, premise } = request;
  const several = hypotheses.length > 1;
  const parts = [
    ...(several ? ["-N -H 'Accept: application/x-ndjson'"] : []),
    ...(request.withKey ? [`-H "Authorization: Bearer $${KEY_VARIABLE}"`] : []),
    'url' in image ? '-F image=@-' : `-F ${shellQuote(`image=@${fileOf(image.name)}`)}`,
    ...hypotheses.map((text) => field('hypothesis', text)),
    ...(premise === null ? [] : [field('premise', premise)]),
    ...(request.explain ? ['-F explain=true'] : []),
    shellQuote(`${endpoint}/v1/entail${several ? '/batch' : ''}`),
  ];
  const feed = 'url' in image ? `curl -s ${shellQuote(image.url)} |\n` : '';
  return `${feed}curl -s ${parts.join(' \\\n  ')}`;
}

/** -F reads files where a text begins with @ or <, and takes options behind a semicolon. */
function field(name: string, text: string): string {
  const flag = /^[@<"]|;/.test(text) ? '--form-string' : '-F';
  return `${flag} ${shellQuote(`${name}=${text}`)}`;
}

/** curl reads on behind a comma or a semicolon, unless the name is in quotes of its own. */
function fileOf(name: string): string {
  return /[,;"\\]/.test(name) ? `"${name.replace(/["\\]/g, '\\$&')}"` : name;
}
