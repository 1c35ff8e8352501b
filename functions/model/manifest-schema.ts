import * as z from 'zod/mini';

/** The one version of the shard format that this code reads and writes. */
export const MANIFEST_VERSION = 4;
/** A manifest needs 2 KiB; the rest is room for many small shards. */
export const MAX_MANIFEST_BYTES = 64 * 1024;
/** A shard is one R2 object and one buffer in flight; six of them must fit beside the model. */
export const MAX_SHARD_BYTES = 8 * 1024 * 1024;
/** Room for 2 GiB of full shards: the judge of OFA-large has 1.4 GB in fp32. */
export const MAX_SHARDS_PER_FILE = 256;
/** What that many full shards hold. */
export const MAX_FILE_BYTES = MAX_SHARD_BYTES * MAX_SHARDS_PER_FILE;
/** Published checkpoints use 480 and below; attention over more patches would not fit an isolate. */
export const MAX_IMAGE_SIDE_PIXELS = 1024;
/** The widest published OFA (huge) is 1,280 columns wide. */
export const MAX_WIDTH_COLUMNS = 2048;
/** OFA's whole vocabulary, image codes and location bins included, has 59,457 rows. */
export const MAX_VOCABULARY_ROWS = 65_536;
/** OFA's table of text positions has 1,024 rows. */
export const MAX_SOURCE_LENGTH_TOKENS = 1024;
/** ResNet-152, the deepest that OFA names, has 36 bottlenecks in its third stage. */
export const MAX_BLOCKS = 36;
/** More than an isolate has altogether is a mistake. */
export const MAX_HEAP_BYTES = 128 * 1024 * 1024;
/** A name is shown in every answer. */
export const MAX_NAME_CHARACTERS = 128;
/** A prompt template is a sentence; longer ones would not fit the source length. */
export const MAX_PROMPT_CHARACTERS = 1024;
/** A self-test that allows a logit to be off by more than this shows nothing. */
export const MAX_SELF_TEST_TOLERANCE = 1;

const count = (limit: number) => z.int().check(z.gte(1), z.lte(limit));
const finiteTriple = z.tuple([z.number(), z.number(), z.number()]);
const positive = z.number().check(z.gt(0));

const ids = z
  .array(z.int().check(z.gte(0), z.lt(MAX_VOCABULARY_ROWS)))
  // <s> and </s> come on top of the source length.
  .check(z.minLength(1), z.maxLength(MAX_SOURCE_LENGTH_TOKENS + 2));

const file = z.object({
  bytes: count(MAX_FILE_BYTES),
  shards: z
    .array(
      z.object({
        sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
        bytes: count(MAX_SHARD_BYTES),
      }),
    )
    .check(z.minLength(1), z.maxLength(MAX_SHARDS_PER_FILE)),
});

const logits = z.object({
  entailment: z.number(),
  neutral: z.number(),
  contradiction: z.number(),
});

/** The JSON of a manifest as `model-shards/README.md` describes it, each count capped. */
export const manifestSchema = z.object({
  format: z.literal('edge-entail-model'),
  version: z.literal(MANIFEST_VERSION),
  name: z.string().check(z.minLength(1), z.maxLength(MAX_NAME_CHARACTERS)),
  dtype: z.enum(['int8', 'fp32']),
  image: z.object({
    side: count(MAX_IMAGE_SIDE_PIXELS),
    mean: finiteTriple,
    std: z.tuple([positive, positive, positive]),
  }),
  text: z.object({
    rows: count(MAX_VOCABULARY_ROWS),
    max_source_length: count(MAX_SOURCE_LENGTH_TOKENS),
    prompt_type: z.enum(['none', 'src', 'prev_output']),
    prompt: z.nullable(z.string().check(z.minLength(1), z.maxLength(MAX_PROMPT_CHARACTERS))),
  }),
  shape: z.object({
    patches: count((MAX_IMAGE_SIDE_PIXELS / 16) ** 2),
    width: count(MAX_WIDTH_COLUMNS),
    blocks: z.array(count(MAX_BLOCKS)).check(z.length(3)),
  }),
  files: z.object({
    'vision.onnx': file,
    'vision.weights': file,
    'vision.kernels': z.optional(file),
    'judge.onnx': file,
    'judge.weights': file,
    embeddings: file,
    tokenizer: file,
  }),
  heap_bytes: z.optional(count(MAX_HEAP_BYTES)),
  self_test: z.object({
    encoder: ids,
    decoder: ids,
    logits: z.object({ onnxruntime: logits, kernels: z.optional(logits) }),
    tolerance: z.number().check(z.gt(0), z.lte(MAX_SELF_TEST_TOLERANCE)),
  }),
});
