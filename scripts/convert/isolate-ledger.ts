import { MAX_CODEC_BYTES, MAX_HELD_BYTES } from '../../functions/image/check-decoding.ts';
import type { Manifest } from '../../functions/model/manifest.ts';
import { planVision } from '../../functions/model/vision-plan.ts';

const MIB = 1024 * 1024;
/** What an isolate has: Cloudflare says 128 MB, which is taken at its smaller meaning. */
const ISOLATE_BYTES = 128_000_000;
/** Objects of JavaScript and what workerd keeps for them, the tokenizer included: docs/memory.md. */
const JAVASCRIPT_BYTES = 2.7 * MIB;
/** onnxruntime-web before anything is loaded: docs/memory.md. */
const RUNTIME_BYTES = 9 * MIB;

/** What an isolate would hold at the peak of its largest picture, for one model. */
export interface IsolateLedger {
  readonly parts: readonly { readonly what: string; readonly bytes: number }[];
  readonly bytes: number;
  readonly limit: number;
  readonly fits: boolean;
  /** Whether the runtime's heap was measured; else only what must be in it is counted, and the rest comes on top. */
  readonly measured: boolean;
}

/** What the ledger is made of. */
export type LedgerModel = Pick<Manifest, 'dtype' | 'image' | 'shape' | 'files' | 'heapBytes'>;

/**
 * Adds up what an isolate must hold, as docs/memory.md does for OFA-tiny.
 *
 * @param model Its `heapBytes` null: not measured.
 */
export function isolateLedger(model: LedgerModel): IsolateLedger {
  const { files, image, heapBytes } = model;
  const parts = [
    { what: 'JavaScript', bytes: JAVASCRIPT_BYTES },
    { what: 'embeddings', bytes: files.embeddings.bytes },
    { what: "the runtime's heap", bytes: heapBytes ?? leastHeapBytes(model) },
    { what: 'the largest picture', bytes: MAX_CODEC_BYTES + MAX_HELD_BYTES + image.side ** 2 * 3 },
  ];
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  const measured = heapBytes !== null;
  return { parts, bytes, limit: ISOLATE_BYTES, fits: bytes <= ISOLATE_BYTES, measured };
}

/** Weights and, by kernels, the planes of vision; what graphs compute with is not known without running them. */
function leastHeapBytes({ dtype, image, shape, files }: LedgerModel): number {
  const { blocks, width } = shape;
  const kernels = files['vision.kernels'];
  const vision =
    dtype === 'int8' && kernels !== undefined
      ? kernels.bytes + planVision({ side: image.side, blocks, width }).arenaBytes
      : files['vision.weights'].bytes;
  return RUNTIME_BYTES + vision + files['judge.weights'].bytes;
}
