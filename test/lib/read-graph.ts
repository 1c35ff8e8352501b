import onnxProto from 'onnx-proto';

/** A node as a test wants to see it. */
export interface GraphNode {
  readonly operator: string;
  readonly domain: string;
  readonly name: string;
  readonly inputs: readonly string[];
  readonly attributes: Readonly<Record<string, number | readonly number[] | string>>;
}

/** A constant: its element type's ONNX code, shape, and numbers if they are inside the graph. */
export interface GraphConstant {
  readonly type: number;
  readonly shape: readonly number[];
  readonly external: boolean;
  readonly bytes: Uint8Array;
}

/** Decodes ONNX bytes. */
export function readGraph(bytes: Uint8Array): {
  nodes: GraphNode[];
  constants: Map<string, GraphConstant>;
} {
  const { graph } = onnxProto.onnx.ModelProto.decode(bytes);
  const nodes = (graph?.node ?? []).map((node) => ({
    operator: node.opType ?? '',
    domain: node.domain ?? '',
    name: node.output?.[0] ?? '',
    inputs: node.input ?? [],
    attributes: Object.fromEntries(
      (node.attribute ?? []).map((attribute) => {
        const { name, ints, i, s, f, type } = attribute;
        const kind = onnxProto.onnx.AttributeProto.AttributeType;
        if (type === kind.INTS) return [name ?? '', (ints ?? []).map(Number)];
        if (type === kind.STRING) return [name ?? '', new TextDecoder().decode(s ?? undefined)];
        return [name ?? '', Number(type === kind.FLOAT ? f : i)];
      }),
    ),
  }));
  const constants = new Map(
    (graph?.initializer ?? []).map((tensor) => [
      tensor.name ?? '',
      {
        type: tensor.dataType ?? 0,
        shape: (tensor.dims ?? []).map(Number),
        external: (tensor.externalData ?? []).length > 0,
        bytes: tensor.rawData ?? new Uint8Array(),
      },
    ]),
  );
  return { nodes, constants };
}

/** How many nodes there are of each operator. */
export function countOperators(nodes: readonly GraphNode[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { operator } of nodes) counts[operator] = (counts[operator] ?? 0) + 1;
  return counts;
}
