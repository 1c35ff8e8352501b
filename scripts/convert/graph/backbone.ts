import type { ConvolutionSite } from './convolution.ts';

/** A ResNet bottleneck, v1.5: the stride is on the 3x3. */
export interface Bottleneck {
  /** E.g. `layer1.0`. */
  readonly name: string;
  readonly conv1: ConvolutionSite;
  readonly conv2: ConvolutionSite;
  readonly conv3: ConvolutionSite;
  /** The projection on the shortcut of a stage's first block. */
  readonly downsample: ConvolutionSite | null;
}

/** The part of a ResNet that OFA uses: stem and three stages, stride 16. */
export interface Backbone {
  readonly stem: ConvolutionSite;
  readonly blocks: readonly Bottleneck[];
  /** Channels of the last stage. */
  readonly channels: number;
}

const STEM_CHANNELS = 64;
const EXPANSION = 4;

/**
 * Lists the convolutions of the backbone in order (torchvision's ResNet, arXiv 1512.03385, without its fourth stage).
 *
 * @param blocks Bottlenecks of each stage, e.g. `[3, 4, 6]`.
 */
export function describeBackbone(blocks: readonly number[]): Backbone {
  let channels = STEM_CHANNELS;
  const bottlenecks = blocks.flatMap((count, stage) => {
    const inner = STEM_CHANNELS * 2 ** stage;
    return Array.from({ length: count }, (_, index) => {
      const stride = stage > 0 && index === 0 ? 2 : 1;
      const block = describeBottleneck(`layer${stage + 1}.${index}`, {
        channels,
        inner,
        stride,
        first: index === 0,
      });
      channels = inner * EXPANSION;
      return block;
    });
  });
  const stem = {
    name: 'conv1',
    norm: 'bn1',
    inChannels: 3,
    outChannels: STEM_CHANNELS,
    kernel: 7,
    stride: 2,
  };
  return { stem, blocks: bottlenecks, channels };
}

function describeBottleneck(
  name: string,
  {
    channels,
    inner,
    stride,
    first,
  }: Record<'channels' | 'inner' | 'stride', number> & { first: boolean },
): Bottleneck {
  const outer = inner * EXPANSION;
  const site = (
    conv: string,
    norm: string,
    shape: Omit<ConvolutionSite, 'name' | 'norm'>,
  ): ConvolutionSite => ({ name: `${name}.${conv}`, norm: `${name}.${norm}`, ...shape });
  return {
    name,
    conv1: site('conv1', 'bn1', { inChannels: channels, outChannels: inner, kernel: 1, stride: 1 }),
    conv2: site('conv2', 'bn2', { inChannels: inner, outChannels: inner, kernel: 3, stride }),
    conv3: site('conv3', 'bn3', { inChannels: inner, outChannels: outer, kernel: 1, stride: 1 }),
    downsample: first
      ? site('downsample.0', 'downsample.1', {
          inChannels: channels,
          outChannels: outer,
          kernel: 1,
          stride,
        })
      : null,
  };
}
