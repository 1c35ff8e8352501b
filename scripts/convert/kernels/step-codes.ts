import { type Bottleneck, describeBackbone } from '../graph/backbone.ts';
import type { ActivationRange, ActivationRanges } from '../quantise/activation-ranges.ts';
import { type ActivationCode, codeAfterRelu, codeSigned } from '../quantise/quantise-activation.ts';

/** How the bytes that a convolution reads and writes are coded. */
export interface StepCodes {
  readonly input: ActivationCode;
  readonly output: ActivationCode;
  /** The bytes that are added before Relu. */
  readonly shortcut: ActivationCode | null;
}

/** Bytes of the picture have codes by channel, folded into the stem's weights; image tokens are float32. */
const PLAIN: ActivationCode = { scale: 1, zeroPoint: 0 };

/**
 * Codes of every convolution by name.
 *
 * @throws {RangeError} a site has no range.
 */
export function stepCodes(
  resnetBlocks: readonly number[],
  ranges: ActivationRanges,
): ReadonlyMap<string, StepCodes> {
  const codes = new Map<string, StepCodes>();
  let trunk = codeAfterRelu(rangeOf(ranges, 'conv1'));
  codes.set('conv1', { input: PLAIN, output: trunk, shortcut: null });
  for (const block of describeBackbone(resnetBlocks).blocks) {
    trunk = addBlock(codes, block, { trunk, ranges });
  }
  codes.set('image_proj', { input: trunk, output: PLAIN, shortcut: null });
  return codes;
}

/** Adds a bottleneck's codes and gives that of its end. */
function addBlock(
  codes: Map<string, StepCodes>,
  { name, conv1, conv2, conv3, downsample }: Bottleneck,
  { trunk, ranges }: { readonly trunk: ActivationCode; readonly ranges: ActivationRanges },
): ActivationCode {
  const first = codeAfterRelu(rangeOf(ranges, conv1.name));
  const second = codeAfterRelu(rangeOf(ranges, conv2.name));
  const end = codeAfterRelu(rangeOf(ranges, name));
  const shortcut = downsample === null ? trunk : codeSigned(rangeOf(ranges, downsample.name));
  codes.set(conv1.name, { input: trunk, output: first, shortcut: null });
  codes.set(conv2.name, { input: first, output: second, shortcut: null });
  if (downsample !== null) {
    codes.set(downsample.name, { input: trunk, output: shortcut, shortcut: null });
  }
  codes.set(conv3.name, { input: second, output: end, shortcut });
  return end;
}

function rangeOf(ranges: ActivationRanges, site: string): ActivationRange {
  const range = ranges.get(site);
  if (range === undefined) throw new RangeError(`no activation range for ${site}`);
  return range;
}
