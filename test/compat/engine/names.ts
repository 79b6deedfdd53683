/**
 * Real ids to the names that cases use: `web_ab12cd` is `web#1`, executions E1…, deployments D1….
 * Instances get their number when first seen, by index within one look, and keep it when they are gone.
 */
export class Names {
  private readonly real = new Map<string, string>();
  private readonly shown = new Map<string, string>();
  private readonly counts = new Map<string, number>();
  private readonly nodes = new Set<string>();

  add(realId: string, shownName: string): void {
    this.real.set(shownName, realId);
    this.shown.set(realId, shownName);
  }

  /** @throws Error for a name that no step has made */
  realId(shownName: string): string {
    const id = this.real.get(shownName);
    if (id === undefined) throw new Error(`nothing is named ${shownName} yet`);
    return id;
  }

  knows(realId: string): boolean {
    return this.shown.has(realId);
  }

  nameInstance(realId: string, node: string, prefix = ""): void {
    if (this.shown.has(realId)) return;
    if (prefix === "") this.nodes.add(node);
    const key = prefix + node;
    const number = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, number);
    this.add(realId, `${key}#${number}`);
  }

  /** Every real id inside a text by its shown name, and what differs from machine to machine by a placeholder. */
  text(text: string): string {
    const ids = [...this.shown.keys()].sort((a, b) => b.length - a.length);
    let result = text;
    for (const id of ids) if (result.includes(id)) result = result.replaceAll(id, this.shown.get(id) ?? id);
    return placeholders(this.passing(result));
  }

  /** Instances that came and went between two looks: `web#x1`. */
  private passing(text: string): string {
    let result = text;
    for (const node of this.nodes) {
      result = result.replace(new RegExp(`(?<![A-Za-z0-9])${node}_[a-z0-9]{6}\\b`, "g"), (id) => {
        const known = this.shown.get(id);
        if (known !== undefined) return known;
        const number = (this.counts.get(`${node}#x`) ?? 0) + 1;
        this.counts.set(`${node}#x`, number);
        this.add(id, `${node}#x${number}`);
        return `${node}#x${number}`;
      });
    }
    return result;
  }

  /** The same for every text of a document. */
  document<T>(value: T): T {
    if (typeof value === "string") return this.text(value) as T;
    if (Array.isArray(value)) return value.map((item) => this.document(item)) as T;
    if (value !== null && typeof value === "object")
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [this.text(key), this.document(item)])) as T;
    return value;
  }
}

const PLACEHOLDERS: [RegExp, string][] = [
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, "<uuid>"],
  [/\b[0-9a-f]{32}\b/g, "<hex>"],
  [/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)?/g, "<time>"],
  [/\b0x[0-9a-f]{6,}\b/g, "<addr>"],
  [/\b(localhost|127\.0\.0\.1):(\d{4,5}|<port>)/g, "<addr>"],
  [/<tmp>|(?<![\w/.<])\/(?:[\w.+-]+\/)+[\w.+-]*/g, "<path>"],
];

/** What differs from machine to machine, by a placeholder; recorded texts go through it too. */
export function placeholders(text: string): string {
  return PLACEHOLDERS.reduce((result, [pattern, placeholder]) => result.replace(pattern, placeholder), text);
}
