/** What wrangler and the platform say when something is missing, and what helps. */
const NEXT_STEPS: readonly (readonly [RegExp, string])[] = [
  [
    /not (authenticated|logged in)|authentication error|\[code: (9109|10000)\]/i,
    'npx wrangler login; or, without a browser, set CLOUDFLARE_API_TOKEN to a token that may edit Workers Scripts and Workers R2 Storage',
  ],
  [
    /enable R2|not entitled|\[code: (10042|10136)\]/i,
    'switch R2 on for the account: dash.cloudflare.com, R2 object storage. It wants a means of payment, also for the free part',
  ],
  [
    /free plan|cpu limits|\[code: 100328\]/i,
    'the Workers Paid plan: one answer takes more than the 10 ms of CPU that the Free plan allows',
  ],
  [
    /more than one account/i,
    'set CLOUDFLARE_ACCOUNT_ID to the account that is meant; npx wrangler whoami lists them',
  ],
  [
    /workers\.dev subdomain/i,
    'register a workers.dev subdomain: dash.cloudflare.com, Workers & Pages. Or name a route of your own in wrangler.toml',
  ],
  [
    /ENOTFOUND|ECONN|ETIMEDOUT|EAI_AGAIN|fetch failed/,
    'see that this machine reaches api.cloudflare.com',
  ],
];

/** What helps against a failure that wrangler reported. */
export function nextStep(output: string): string {
  const known = NEXT_STEPS.find(([words]) => words.test(output));
  return known?.[1] ?? 'mend what wrangler says above';
}
