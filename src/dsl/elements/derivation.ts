import { logicError } from "../errors.ts";
import { limitExceeded } from "../limits.ts";
import { nearestHint } from "../nearest.ts";
import { atKeys } from "../path.ts";
import type { ElementContext } from "./context.ts";

/**
 * Resolves named elements of a section that build on each other. Each is resolved once, after those it asks for;
 * asking in a circle is error 100.
 */
export class Derivation<T> {
  private readonly resolved = new Map<string, T>();
  private readonly broken = new Set<string>();
  private readonly pending: string[] = [];

  constructor(
    private readonly section: string,
    private readonly raw: ReadonlyMap<string, unknown>,
    private readonly context: ElementContext,
    private readonly resolve: (name: string, raw: unknown) => T | undefined,
  ) {}

  names(): Iterable<string> {
    return this.raw.keys();
  }

  /** Whether the element is declared but could not be resolved. */
  isBroken(name: string): boolean {
    if (this.raw.has(name)) this.get(name);
    return this.broken.has(name);
  }

  /** The element; undefined when there is none of that name or it is broken. */
  get(name: string): T | undefined {
    const known = this.resolved.get(name);
    if (known !== undefined || this.broken.has(name) || !this.raw.has(name)) return known;
    const circle = this.pending.indexOf(name);
    if (circle >= 0) {
      this.reportCircle([...this.pending.slice(circle), name]);
      return undefined;
    }
    this.pending.push(name);
    const value = this.context.diagnostics.guard(() => this.resolveOnce(name));
    this.pending.pop();
    if (value === undefined || this.broken.has(name)) {
      this.broken.add(name);
      return undefined;
    }
    this.resolved.set(name, value);
    return value;
  }

  /**
   * The element another one is derived from; undefined when that one is broken.
   * @throws DslError 103 there is none
   */
  parent(child: string, name: string): T | undefined {
    if (!this.raw.has(name)) {
      throw logicError(103, `${child} is derived from ${name}, which is not known`, {
        at: atKeys(null, this.section, child, "derived_from"),
        hint: nearestHint(name, this.raw.keys()),
      });
    }
    return this.get(name);
  }

  /** All that could be resolved, in order of declaration. */
  all(): [string, T][] {
    const entries: [string, T][] = [];
    for (const name of this.raw.keys()) {
      const value = this.get(name);
      if (value !== undefined) entries.push([name, value]);
    }
    return entries;
  }

  private resolveOnce(name: string): T | undefined {
    const { derivation } = this.context.limits;
    if (this.pending.length > derivation) {
      throw limitExceeded(
        "derivation",
        derivation,
        `${this.section} build on each other more than ${derivation} times`,
        {
          at: atKeys(null, this.section, name),
        },
      );
    }
    return this.resolve(name, this.raw.get(name));
  }

  private reportCircle(names: string[]): void {
    if (names.some((name) => this.broken.has(name))) return;
    for (const name of names) this.broken.add(name);
    this.context.report(
      logicError(100, `${this.section} refer to each other in a circle: ${names.join(" -> ")}`, {
        at: atKeys(null, this.section, names[0] ?? ""),
        hint: "remove one of the references",
      }),
    );
  }
}
