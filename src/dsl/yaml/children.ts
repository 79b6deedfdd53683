import { isMap, isScalar, isSeq, type ParsedNode, type YAMLMap } from "yaml";
import { keyText } from "./scalars.ts";

type Pair = YAMLMap.Parsed["items"][number];

/** Where the entries of mappings and lists stand. A mapping is gone through once, however many entries are asked for. */
export class Children {
  private readonly pairs = new WeakMap<YAMLMap.Parsed, Map<string, Pair>>();

  /** The value of a key where it is a scalar, else the key: the place a reader wants to be led to. */
  place(
    node: ParsedNode,
    key: string | number,
    onKey: boolean,
  ): { range?: [number, number, number] | null } | undefined {
    if (isSeq(node)) return typeof key === "number" ? (node.items[key] as ParsedNode | undefined) : undefined;
    if (!isMap(node)) return undefined;
    const pair = this.pairsOf(node as YAMLMap.Parsed).get(String(key));
    if (!pair) return undefined;
    const { value } = pair;
    return !onKey && isScalar(value) && value.range[0] !== value.range[1] ? value : pair.key;
  }

  /** Of a key that is written twice, the last. */
  private pairsOf(node: YAMLMap.Parsed): Map<string, Pair> {
    const known = this.pairs.get(node);
    if (known) return known;
    const pairs = new Map<string, Pair>();
    for (const pair of node.items) if (isScalar(pair.key)) pairs.set(keyText(pair.key.value), pair);
    this.pairs.set(node, pairs);
    return pairs;
  }
}
