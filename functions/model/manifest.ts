import type * as z from 'zod/mini';
import { EntailError } from '../lib/entail-error.ts';
import { checkManifest } from './check-manifest.ts';
import type { ByLabel } from './engine.ts';
import { MANIFEST_VERSION, MAX_MANIFEST_BYTES, manifestSchema } from './manifest-schema.ts';

/** The files of every model. */
export type CommonFileName =
  | 'vision.onnx'
  | 'vision.weights'
  | 'judge.onnx'
  | 'judge.weights'
  | 'embeddings'
  | 'tokenizer';

/** A file of a model; only int8 ones have weights for our own kernels. */
export type ModelFileName = CommonFileName | 'vision.kernels';

/** Something for each of a model's files. */
export type ModelFiles<T> = Readonly<Record<CommonFileName, T>> & {
  readonly 'vision.kernels'?: T;
};

/** Logits by what ran vision; `kernels` where the model has weights for them. */
export interface BackendLogits {
  readonly onnxruntime: ByLabel;
  readonly kernels?: ByLabel;
}

/** One immutable blob, stored under `<sha256>.bin`. */
export interface Shard {
  /** SHA-256 of the bytes, lower-case hex. */
  readonly sha256: string;
  readonly bytes: number;
}

/** A file: the concatenation of its shards. */
export interface ModelFile {
  readonly bytes: number;
  readonly shards: readonly Shard[];
}

/** What `manifest.json` says about a model. */
export interface Manifest {
  readonly name: string;
  readonly dtype: 'int8' | 'fp32';
  /** The picture: pixels a side, and mean and standard deviation of each channel (0-1 scale). */
  readonly image: {
    readonly side: number;
    readonly mean: readonly [number, number, number];
    readonly std: readonly [number, number, number];
  };
  /** The text: rows of the embedding table, tokens, and how the question is put. */
  readonly text: {
    readonly rows: number;
    readonly maxSourceLength: number;
    readonly promptType: 'none' | 'src' | 'prev_output';
    readonly prompt: string | null;
  };
  /** Image tokens: `[patches, width]`; bottlenecks of each of the backbone's stages. */
  readonly shape: {
    readonly patches: number;
    readonly width: number;
    readonly blocks: readonly number[];
  };
  readonly files: ModelFiles<ModelFile>;
  /** What the runtime's heap was seen to need, vision by kernels; null without them, and where an isolate has no room. */
  readonly heapBytes: number | null;
  /** A question on the self-test picture, and the logits each backend of vision must give within the tolerance. */
  readonly selfTest: {
    readonly encoder: readonly number[];
    readonly decoder: readonly number[];
    readonly logits: BackendLogits;
    readonly tolerance: number;
  };
}

/**
 * Reads a manifest, refusing whatever `model-shards/README.md` does not allow.
 *
 * @param bytes UTF-8 JSON, at most {@linkcode MAX_MANIFEST_BYTES}.
 * @throws {EntailError} `model_integrity`: not a manifest, or one of another version.
 */
export function parseManifest(bytes: Uint8Array): Manifest {
  if (bytes.length > MAX_MANIFEST_BYTES) {
    throw refusal(`${bytes.length} bytes, at most ${MAX_MANIFEST_BYTES}`);
  }
  const json = parseJson(bytes);
  refuseOtherFormats(json);
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success) {
    throw refusal(parsed.error.issues.slice(0, 1).map(describe).join());
  }
  checkManifest(parsed.data);
  const { name, dtype, image, text, shape, self_test: selfTest } = parsed.data;
  const { 'vision.kernels': kernels, ...common } = parsed.data.files;
  const { kernels: kernelLogits, onnxruntime } = selfTest.logits;
  return {
    name,
    dtype,
    image,
    text: {
      rows: text.rows,
      maxSourceLength: text.max_source_length,
      promptType: text.prompt_type,
      prompt: text.prompt,
    },
    shape,
    heapBytes: parsed.data.heap_bytes ?? null,
    files: kernels === undefined ? common : { ...common, 'vision.kernels': kernels },
    selfTest: {
      ...selfTest,
      logits: kernelLogits === undefined ? { onnxruntime } : { onnxruntime, kernels: kernelLogits },
    },
  };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new EntailError('model_integrity', 'cannot read manifest.json: it is not UTF-8 JSON', {
      cause: error,
    });
  }
}

function refuseOtherFormats(json: unknown): void {
  if (typeof json !== 'object' || json === null) throw refusal('it is not a JSON object');
  const format = 'format' in json ? json.format : undefined;
  const version = 'version' in json ? json.version : undefined;
  if (format !== 'edge-entail-model') {
    throw refusal(`format ${show(format)}, supported is "edge-entail-model"`);
  }
  if (version !== MANIFEST_VERSION) {
    throw refusal(`version ${show(version)}, supported is ${MANIFEST_VERSION}`);
  }
}

function describe(issue: z.core.$ZodIssue): string {
  const where = issue.path.join('.');
  if (issue.code === 'too_big') return `${where} is too big, at most ${issue.maximum}`;
  if (issue.code === 'too_small') return `${where} is too small, at least ${issue.minimum}`;
  return `${where} is wrong, ${issue.code}`;
}

function show(value: unknown): string {
  return (JSON.stringify(value) ?? 'none').slice(0, 40);
}

function refusal(reason: string): EntailError {
  return new EntailError('model_integrity', `cannot read manifest.json: ${reason}`);
}
