import type { DslWarning, SourceLocation } from "./errors.ts";
import type { Path } from "./path.ts";
import { pathKeys } from "./path.ts";
import type { BlueprintFile } from "./resolver.ts";
import type { YamlDocument } from "./yaml/document.ts";

interface Origin {
  container: object;
  key: string | number;
}

/**
 * The texts a blueprint was made of. The merged document shares its values with them; where merging or
 * namespacing made a new mapping, it notes here which mapping and key each entry came from.
 */
export class Sources {
  private readonly texts = new Map<string, string>();
  private readonly documents: YamlDocument[] = [];
  private readonly origins = new WeakMap<object, Map<string, Origin>>();
  private readonly copies = new WeakMap<object, object>();

  /** Before it is read: a text that is no YAML has lines to show, too. */
  addText({ location, text }: BlueprintFile): void {
    this.texts.set(location, text);
  }

  add(document: YamlDocument): void {
    this.documents.push(document);
  }

  /** Whether plain JSON can be had without looking at every value. */
  get isPlainJson(): boolean {
    return this.documents.every((document) => !document.hasTaggedScalars);
  }

  get warnings(): DslWarning[] {
    return this.documents.flatMap(({ warnings }) => warnings);
  }

  text(file: string): string | undefined {
    return this.texts.get(file);
  }

  /** An entry of a new mapping stands where the entry of another one does. */
  derive(container: object, key: string, from: object, fromKey: string | number): void {
    const entries = this.origins.get(container) ?? new Map<string, Origin>();
    this.origins.set(container, entries);
    entries.set(key, { container: from, key: fromKey });
  }

  /** All entries of a copy stand where those of its original do. */
  copied<T extends object>(copy: T, original: object): T {
    this.copies.set(copy, original);
    return copy;
  }

  /** The first key of a mapping that was written as a number, boolean or null. */
  oddKey(mapping: object): string | undefined {
    const original = this.original(mapping);
    for (const document of this.documents) {
      const odd = document.oddKeys.get(original);
      if (odd !== undefined) return odd;
    }
    return undefined;
  }

  /** The place of the innermost element on the path that stands in a text. */
  locate(root: unknown, path: Path | null, onKey = false): SourceLocation | undefined {
    let found: SourceLocation | undefined;
    let value = root;
    const keys = pathKeys(path);
    for (const [index, key] of keys.entries()) {
      if (typeof value !== "object" || value === null) break;
      found = this.place(value, key, onKey && index === keys.length - 1) ?? found;
      if (!Object.hasOwn(value, key)) break;
      value = (value as Record<string | number, unknown>)[key];
    }
    return found ?? this.start(root);
  }

  private place(container: object, key: string | number, onKey: boolean): SourceLocation | undefined {
    const origin = this.origins.get(container)?.get(String(key));
    if (origin) return this.place(origin.container, origin.key, onKey);
    const original = this.original(container);
    if (original !== container) return this.place(original, key, onKey);
    for (const document of this.documents) {
      const place = document.locate(container, key, onKey);
      if (place) return place;
    }
    return undefined;
  }

  private start(root: unknown): SourceLocation | undefined {
    const first = this.documents[0];
    if (!first) return undefined;
    const place = typeof root === "object" && root !== null ? first.locate(root, null) : undefined;
    return place ?? { file: first.file, line: 1, column: 1 };
  }

  private original(container: object): object {
    let original = container;
    for (let next = this.copies.get(original); next; next = this.copies.get(original)) original = next;
    return original;
  }
}
