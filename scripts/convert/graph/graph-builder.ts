import onnxProto, { type onnx as proto } from 'onnx-proto';

const { onnx } = onnxProto;

/** Element types that the graphs use. */
export type ElementType = 'float32' | 'uint8' | 'int8' | 'int32' | 'int64';

/** Numbers a constant is made of; the array type decides the element type. */
export type ConstantData = Float32Array | Uint8Array | Int8Array | Int32Array | BigInt64Array;

/** An attribute of a node: whole numbers are written as INT, lists as INTS, text as STRING. */
export type Attribute = number | readonly number[] | string | { readonly float: number };

/** An encoded graph and the weights it refers to. */
export interface EncodedGraph {
  /** ONNX bytes. */
  readonly graph: Uint8Array<ArrayBuffer>;
  /** External data, little-endian, each constant at a multiple of {@linkcode ALIGNMENT_BYTES}. */
  readonly weights: Uint8Array<ArrayBuffer>;
}

const CODES: Record<ElementType, number> = { float32: 1, uint8: 2, int8: 3, int32: 6, int64: 7 };

/** Opset of the standard operators: 17 is the first with LayerNormalization. */
const OPSET = 17;
const IR_VERSION = 8;

/** Constants longer than this lie outside the graph, so that each is copied once, straight into its place. */
const MAX_INLINE_NUMBERS = 16;
const ALIGNMENT_BYTES = 16;

/** Operators outside the ONNX standard, in onnxruntime's own domain. */
const CONTRIBUTED = new Set([
  'DynamicQuantizeMatMul',
  'FastGelu',
  'FusedConv',
  'Gelu',
  'MatMulIntegerToFloat',
  'NhwcMaxPool',
  'QLinearAdd',
  'QLinearConv',
]);

/** Writes an ONNX graph node by node; every node has one output, and is known by its name. */
export class GraphBuilder {
  readonly #name: string;
  readonly #location: string;
  readonly #nodes: proto.INodeProto[] = [];
  readonly #inputs: proto.IValueInfoProto[] = [];
  readonly #outputs: proto.IValueInfoProto[] = [];
  readonly #initialisers: proto.ITensorProto[] = [];
  readonly #external: { offset: number; bytes: Uint8Array }[] = [];
  readonly #names = new Set<string>();
  #size = 0;

  /**
   * @param name The graph's name.
   * @param location Name under which the weights are mounted when the graph is loaded.
   */
  constructor(name: string, location: string) {
    this.#name = name;
    this.#location = location;
  }

  /** Declares an input; a dimension that is a word is only known at run time. */
  input(name: string, type: ElementType, dims: readonly (number | string)[]): string {
    this.#claim(name);
    this.#inputs.push(valueInfo(name, type, dims));
    return name;
  }

  /** Declares that a node's output is an output of the graph. */
  output(name: string, type: ElementType, dims: readonly (number | string)[]): void {
    this.#outputs.push(valueInfo(name, type, dims));
  }

  /** Adds a constant and gives its name back. */
  constant(name: string, shape: readonly number[], data: ConstantData): string {
    this.#claim(name);
    const count = shape.reduce((product, side) => product * side, 1);
    if (count !== data.length) {
      throw new RangeError(
        `constant ${name}: ${data.length} numbers for shape [${shape.join(', ')}]`,
      );
    }
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const tensor = { name, dims: [...shape], dataType: CODES[elementType(data)] };
    if (data.length <= MAX_INLINE_NUMBERS) {
      this.#initialisers.push({ ...tensor, rawData: bytes });
      return name;
    }
    const offset = Math.ceil(this.#size / ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
    this.#size = offset + bytes.byteLength;
    this.#external.push({ offset, bytes });
    this.#initialisers.push({
      ...tensor,
      ...externalData(this.#location, offset, bytes.byteLength),
    });
    return name;
  }

  /** An int8 constant whose bytes lie in another file than the graph's own, mounted under `location`. */
  stored(
    name: string,
    shape: readonly number[],
    { location, offset }: { readonly location: string; readonly offset: number },
  ): string {
    this.#claim(name);
    const length = shape.reduce((product, side) => product * side, 1);
    this.#initialisers.push({
      name,
      dims: [...shape],
      dataType: CODES.int8,
      ...externalData(location, offset, length),
    });
    return name;
  }

  /** A constant that several nodes may ask for; added when first asked for. */
  shared(name: string, shape: readonly number[], data: () => ConstantData): string {
    return this.#names.has(name) ? name : this.constant(name, shape, data());
  }

  /** A node that several parts may ask for; written when first asked for. */
  once(name: string, write: () => string): string {
    return this.#names.has(name) ? name : write();
  }

  /**
   * Adds a node; a name of its own besides its output's would be a seventh of the graph's bytes.
   *
   * @param name Its output's name.
   * @param operator ONNX operator, or one of onnxruntime's contributed ones.
   * @param inputs Names; '' leaves an optional input out.
   */
  node(
    name: string,
    operator: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): string {
    this.#claim(name);
    this.#nodes.push({
      opType: operator,
      domain: CONTRIBUTED.has(operator) ? 'com.microsoft' : '',
      input: [...inputs],
      output: [name],
      attribute: Object.entries(attributes).map(([key, value]) => attributeProto(key, value)),
    });
    return name;
  }

  /** Writes the graph. */
  encode(): EncodedGraph {
    const model = onnx.ModelProto.create({
      irVersion: IR_VERSION,
      producerName: 'edge-entail',
      opsetImport: [
        { domain: '', version: OPSET },
        { domain: 'com.microsoft', version: 1 },
      ],
      graph: {
        name: this.#name,
        node: this.#nodes,
        input: this.#inputs,
        output: this.#outputs,
        initializer: this.#initialisers,
      },
    });
    const weights = new Uint8Array(this.#size);
    for (const { offset, bytes } of this.#external) weights.set(bytes, offset);
    return { graph: Uint8Array.from(onnx.ModelProto.encode(model).finish()), weights };
  }

  #claim(name: string): void {
    if (this.#names.has(name)) throw new RangeError(`the graph has two values named ${name}`);
    this.#names.add(name);
  }
}

function externalData(location: string, offset: number, length: number): proto.ITensorProto {
  return {
    dataLocation: onnx.TensorProto.DataLocation.EXTERNAL,
    externalData: [
      { key: 'location', value: location },
      { key: 'offset', value: String(offset) },
      { key: 'length', value: String(length) },
    ],
  };
}

function elementType(data: ConstantData): ElementType {
  if (data instanceof Float32Array) return 'float32';
  if (data instanceof Uint8Array) return 'uint8';
  if (data instanceof Int8Array) return 'int8';
  return data instanceof Int32Array ? 'int32' : 'int64';
}

function valueInfo(
  name: string,
  type: ElementType,
  dims: readonly (number | string)[],
): proto.IValueInfoProto {
  const dim = dims.map((side) =>
    typeof side === 'number' ? { dimValue: side } : { dimParam: side },
  );
  return { name, type: { tensorType: { elemType: CODES[type], shape: { dim } } } };
}

function attributeProto(name: string, value: Attribute): proto.IAttributeProto {
  const kind = onnx.AttributeProto.AttributeType;
  if (typeof value === 'number') return { name, type: kind.INT, i: value };
  if (typeof value === 'string') {
    return { name, type: kind.STRING, s: new TextEncoder().encode(value) };
  }
  if ('float' in value) return { name, type: kind.FLOAT, f: value.float };
  return { name, type: kind.INTS, ints: [...value] };
}
