const TABLE = 'encoder.embed_tokens.weight';
/** These are the embedding table under other names. */
const TIED = new Set(['decoder.embed_tokens.weight', 'decoder.output_projection.weight']);

/** A value is `middle + reach * u`, u uniform in [-1, 1). */
interface Spread {
  readonly middle: number;
  readonly reach: number;
}

/**
 * The reproducible pseudo-random weights that the reference outputs were made with.
 *
 * The stream is a hash of (FNV-1a of the name) + i * golden ratio; reference: `lowbias32` of the
 * hash-prospector project.
 *
 * @param name ModelScope name; it decides the stream and the spread.
 * @param shape Sides of the tensor; its length and its input count matter.
 * @returns Row-major float32.
 */
export function syntheticTensor(name: string, shape: readonly number[]): Float32Array {
  const source = TIED.has(name) ? TABLE : name;
  const { middle, reach } = spreadOf(source, shape);
  const values = new Float32Array(shape.reduce((product, side) => product * side, 1));
  let state = fnv1a(source);
  for (let i = 0; i < values.length; i++) {
    values[i] = middle + reach * (uniform(state) * 2 - 1);
    state = (state + 0x9e3779b9) | 0;
  }
  return values;
}

/** A number in [0, 1) with 24 bits. */
function uniform(state: number): number {
  let x = state ^ (state >>> 16);
  x = Math.imul(x, 0x7feb352d);
  x ^= x >>> 15;
  x = Math.imul(x, 0x846ca68b);
  x ^= x >>> 16;
  return (x >>> 8) / 2 ** 24;
}

/** FNV-1a, 32 bits, of an ASCII name. */
function fnv1a(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash;
}

/** The first rule that fits the name. */
function spreadOf(name: string, shape: readonly number[]): Spread {
  if (name.endsWith('.running_mean')) return { middle: 0, reach: 0.2 };
  if (name.endsWith('.running_var')) return { middle: 1, reach: 0.5 };
  if (name.includes('rel_pos_table')) return { middle: 0, reach: 0.7 };
  if (name.includes('embed_tokens')) return { middle: 0, reach: 0.12 };
  if (/embed_positions|embed_image_positions|type_embedding/.test(name)) {
    return { middle: 0, reach: 0.3 };
  }
  if (name.endsWith('.c_attn')) return { middle: 1, reach: 0.3 };
  if (name.endsWith('.bias')) return { middle: 0, reach: 0.1 };
  if (/(bn3|downsample\.1)\.weight$/.test(name)) return { middle: 0.5, reach: 0.1 };
  if (shape.length === 1) return { middle: 1, reach: 0.2 };
  const inputs = shape.slice(1).reduce((product, side) => product * side, 1);
  if (shape.length === 4) return { middle: 0, reach: Math.sqrt(6 / inputs) };
  return { middle: 0, reach: Math.sqrt(3 / inputs) * gainOf(name) };
}

/** Gains that keep the attention of an untrained model neither flat nor one-hot. */
function gainOf(name: string): number {
  if (/\.[qk]_proj\./.test(name)) return 2.6;
  if (/pos_[qk]_linear/.test(name)) return 0.7;
  if (/\.(v|out)_proj\./.test(name)) return 1.6;
  return 1.3;
}
