/**
 * The address that a request came from, for the rate limit alone.
 *
 * @returns IPv4 as it is; of IPv6 the first half, which is what one customer gets; '' when nobody says.
 */
export function callerAddress(headers: Headers): string {
  const address = headers.get('CF-Connecting-IP') ?? '';
  if (!address.includes(':')) return address;
  const [head = ''] = address.split('::');
  return [...head.split(':'), '0', '0', '0'].slice(0, 4).join(':');
}
