import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type ParsedNode,
  parseDocument,
  type YAMLMap,
  type YAMLParseError,
} from "yaml";
import type { DslErrorDetails, DslWarning, SourceLocation } from "../errors.ts";
import { DslError, formatError } from "../errors.ts";
import { type Limits, limitExceeded } from "../limits.ts";
import { Children } from "./children.ts";
import { refuseUnprintable } from "./printable.ts";
import { keyText, plainScalar, taggedScalar } from "./scalars.ts";
import { syntaxHint } from "./syntax-hint.ts";
import { isTaggedScalar } from "./tagged-scalars.ts";

/** One YAML text as plain values, with the way back from a value to its place in the text. */
export interface YamlDocument {
  readonly file: string;
  readonly text: string;
  /** Objects, arrays and scalars; null for an empty text. Never changed after loading. */
  readonly value: unknown;
  /** Mappings with a key that is no text. Where the language wants names, such a key is refused. */
  readonly oddKeys: WeakMap<object, string>;
  readonly warnings: readonly DslWarning[];
  /** Whether a value is no JSON: a date, or a whole number that is a float. */
  readonly hasTaggedScalars: boolean;
  /**
   * The place of an entry of a mapping or list of this document; undefined when it is of another one. A scalar value is
   * where it stands; a key is where it stands if it is asked for, or if its value spans lines.
   */
  locate(container: object, key: string | number | null, onKey?: boolean): SourceLocation | undefined;
}

/** A text that is something else altogether may break the rules on every line. */
const MOST_TOLD = 20;

const NOT_ASCII = /[^\0-\x7f]/;

/**
 * Reads YAML 1.1.
 * @throws DslError -1 the text is no YAML, 108 a scalar is not ASCII, 1 a limit is exceeded
 */
export function loadYaml(text: string, file: string, limits: Limits): YamlDocument {
  if (text.length > limits.fileSize) {
    throw limitExceeded("fileSize", limits.fileSize, `${file} has ${text.length} characters`);
  }
  refuseUnprintable(text, file);
  return new Loader(text, file, limits);
}

class Loader implements YamlDocument {
  readonly value: unknown;
  readonly oddKeys = new WeakMap<object, string>();
  readonly warnings: DslWarning[] = [];
  hasTaggedScalars = false;
  private readonly nodes = new WeakMap<object, ParsedNode>();
  private readonly anchors = new Map<string, { value: unknown; size: number } | null>();
  private readonly lines = new LineCounter();
  private readonly children = new Children();
  private size = 0;

  constructor(
    readonly text: string,
    readonly file: string,
    private readonly limits: Limits,
  ) {
    const document = this.parse();
    const [first, ...later] = document.errors;
    if (first) throw this.refused(first, this.independent(first, later));
    this.value = document.contents === null ? null : this.convert(document.contents, 0);
  }

  locate(container: object, key: string | number | null, onKey = false): SourceLocation | undefined {
    const node = this.nodes.get(container);
    if (!node) return undefined;
    const place = key === null ? node : this.children.place(node, key, onKey);
    return this.location(place?.range?.[0] ?? node.range[0]);
  }

  private parse() {
    try {
      return parseDocument(this.text, {
        version: "1.1",
        schema: "failsafe",
        uniqueKeys: false,
        prettyErrors: false,
        lineCounter: this.lines,
        logLevel: "error",
      });
    } catch (error) {
      if (error instanceof RangeError) throw this.tooDeep(0);
      throw this.syntaxError(error instanceof Error ? error.message : String(error), 0);
    }
  }

  private convert(node: ParsedNode, depth: number): unknown {
    this.size += 1;
    if (depth > this.limits.depth) throw this.tooDeep(node.range[0]);
    if (isAlias(node)) return this.alias(node);
    const { anchor } = node;
    const before = this.size;
    if (anchor) this.anchors.set(anchor, null);
    const value = isScalar(node) ? this.scalar(node as ScalarNode) : this.collection(node, depth);
    if (anchor) this.anchors.set(anchor, { value, size: this.size - before + 1 });
    return value;
  }

  private alias(node: Alias.Parsed): unknown {
    const anchored = this.anchors.get(node.source);
    if (anchored === undefined)
      throw this.syntaxError(`no anchor &${node.source} stands before this alias`, node.range[0]);
    if (anchored === null)
      throw this.syntaxError(`the alias *${node.source} stands inside its own anchor`, node.range[0]);
    this.size += anchored.size;
    if (this.size > this.limits.expandedValues) {
      const { expandedValues } = this.limits;
      const what = `the aliases of ${this.file} expand to more than ${expandedValues} values`;
      throw limitExceeded("expandedValues", expandedValues, what, { location: this.location(node.range[0]) });
    }
    return anchored.value;
  }

  private scalar(node: ScalarNode): unknown {
    const text = node.source ?? "";
    if (NOT_ASCII.test(text)) throw this.notAscii(text, node.range[0]);
    if (node.tag) {
      const value = taggedScalar(node.tag, text);
      if (value === undefined) throw this.syntaxError(`${node.tag} does not fit here`, node.range[0]);
      return this.noted(value);
    }
    return node.type === "PLAIN" ? this.noted(plainScalar(text)) : text;
  }

  private noted(value: unknown): unknown {
    if (isTaggedScalar(value)) this.hasTaggedScalars = true;
    return value;
  }

  private collection(node: ParsedNode, depth: number): unknown {
    if (node.tag && !/^(?:!|(?:!!|tag:yaml\.org,2002:)(?:map|seq))$/.test(node.tag)) {
      throw this.syntaxError(`the tag ${node.tag} is unknown`, node.range[0]);
    }
    if (isSeq(node)) {
      const items = node.items.map((item) => this.convert(item as ParsedNode, depth + 1));
      this.nodes.set(items, node);
      return items;
    }
    return this.mapping(node as YAMLMap.Parsed, depth);
  }

  private mapping(node: YAMLMap.Parsed, depth: number): Record<string, unknown> {
    const own: Record<string, unknown> = {};
    const merged: Record<string, unknown>[] = [];
    for (const pair of node.items) {
      const value = pair.value === null ? null : this.convert(pair.value, depth + 1);
      if (isMergeKey(pair.key)) {
        merged.push(...this.mergeSources(value, pair.key));
        continue;
      }
      const key = this.key(pair.key, own, depth);
      if (Object.hasOwn(own, key)) this.warnings.push(this.duplicate(key, pair.key.range[0]));
      own[key] = value;
    }
    // Of several merged mappings the earlier wins, and what is written here wins over all of them.
    const mapping = merged.length === 0 ? own : Object.assign({}, ...merged.reverse(), own);
    const odd = this.oddKeys.get(own);
    if (odd !== undefined) this.oddKeys.set(mapping, odd);
    this.nodes.set(mapping, node);
    return mapping;
  }

  private key(node: ParsedNode, mapping: object, depth: number): string {
    const key = this.convert(node, depth + 1);
    if (typeof key === "string") {
      if (key === "__proto__") throw this.syntaxError("__proto__ cannot be a key", node.range[0]);
      return key;
    }
    if (typeof key === "object" && key !== null && (Array.isArray(key) || isMap(node))) {
      throw this.syntaxError("a list or mapping cannot be a key", node.range[0]);
    }
    const text = keyText(key);
    this.oddKeys.set(mapping, text);
    return text;
  }

  private mergeSources(value: unknown, node: ParsedNode): Record<string, unknown>[] {
    const sources = Array.isArray(value) ? value : [value];
    for (const source of sources) {
      if (typeof source !== "object" || source === null || Array.isArray(source)) {
        throw this.syntaxError("<< takes a mapping or a list of mappings", node.range[0]);
      }
    }
    return sources as Record<string, unknown>[];
  }

  private location(offset: number): SourceLocation {
    const { line, col } = this.lines.linePos(offset);
    return { file: this.file, line: Math.max(line, 1), column: Math.max(col, 1) };
  }

  private syntaxError(message: string, offset: number, more: Pick<DslErrorDetails, "hint" | "others"> = {}): DslError {
    return formatError(`${this.file} is not valid YAML: ${message}`, { location: this.location(offset), ...more }, -1);
  }

  private refused(error: YAMLParseError, others: DslError[] = []): DslError {
    const {
      code,
      message,
      pos: [offset],
    } = error;
    if (message.startsWith("Maximum call stack")) return this.tooDeep(offset);
    const isSecond = code === "MULTIPLE_DOCS";
    const told = isSecond ? "a second document begins here, and only one is read" : firstLine(message);
    return this.syntaxError(told, offset, { hint: syntaxHint(error), others });
  }

  /** One for each line, as several on a line mostly have one cause; and none of the end, where what was left open shows. */
  private independent(first: YAMLParseError, later: YAMLParseError[]): DslError[] {
    const end = this.text.trimEnd().length;
    const told = new Set([this.location(first.pos[0]).line]);
    return later
      .filter(({ pos: [offset] }) => {
        const { line } = this.location(offset);
        return offset < end && !told.has(line) && told.add(line);
      })
      .slice(0, MOST_TOLD)
      .map((error) => this.refused(error));
  }

  private tooDeep(offset: number): DslError {
    const { depth } = this.limits;
    return limitExceeded("depth", depth, `${this.file} nests deeper than ${depth} levels`, {
      location: this.location(offset),
    });
  }

  private duplicate(key: string, offset: number): DslWarning {
    const message = `the key ${JSON.stringify(key)} stands here a second time, and only the last one counts`;
    return { rule: "duplicate-key", message, hint: "remove one of them", location: this.location(offset) };
  }

  private notAscii(text: string, offset: number): DslError {
    const message = `only ASCII is allowed outside comments, and this is not: ${JSON.stringify(text.slice(0, 60))}`;
    const hint = "pass such text as a deployment input, where any character is accepted";
    return new DslError("DSLParsingInputTypeException", 108, message, { hint, location: this.location(offset) });
  }
}

interface ScalarNode {
  type?: string;
  source?: string;
  tag?: string;
  range: [number, number, number];
}

const isMergeKey = (node: ParsedNode) =>
  isScalar(node) && node.type === "PLAIN" && node.source === "<<" && node.tag === undefined;

const firstLine = (message: string) => message.split("\n")[0] ?? message;
