/**
 * What a table's columns hold, said once: the row's type, how it is stored, and which fields a list may
 * filter, sort and show all follow from it. Only types that SQLite and PostgreSQL share are used.
 */
export type Kind = "text" | "integer" | "real" | "flag" | "json";

/** `given`: an insert must name it. `optional`: it may. `generated` and `derived`: the database fills it in. */
type Use = "given" | "optional" | "generated" | "derived";

export interface Column<Value, Stored, Using extends Use> {
  readonly kind: Kind;
  readonly use: Using;
  /** A row may have none. */
  readonly nullable?: boolean;
  /** Expression of a derived column; it names its own table in full. */
  readonly sql?: string;
  /** Carries the types only. */
  readonly types?: { value: Value; stored: Stored };
}

export const text: Column<string, string, "given"> = { kind: "text", use: "given" };
/** Text that is one of a few words. */
export const oneOf = <Word extends string>(): Column<Word, Word, "given"> => ({ kind: "text", use: "given" });
export const integer: Column<number, number, "given"> = { kind: "integer", use: "given" };
export const real: Column<number, number, "given"> = { kind: "real", use: "given" };
/** A boolean, stored as 0 or 1. */
export const flag: Column<boolean, number, "given"> = { kind: "flag", use: "given" };
/** A document, stored as its text. */
export const json = <Value>(): Column<Value, string, "given"> => ({ kind: "json", use: "given" });

export const nullable = <Value, Stored>(
  column: Column<Value, Stored, "given">,
): Column<Value | null, Stored | null, "optional"> => ({ kind: column.kind, use: "optional", nullable: true });

/** The table's definition has a default for it. */
export const defaulted = <Value, Stored>(
  column: Column<Value, Stored, "given">,
): Column<Value, Stored, "optional"> => ({ kind: column.kind, use: "optional" });

/** Looked up when asked for, so that no copy of it can go stale. */
export const derived = <Value, Stored>(
  column: Column<Value, Stored, "given" | "optional">,
  sql: string,
): Column<Value, Stored, "derived"> => ({ ...column, use: "derived", sql });

/** The order of insertion; numbers are never used again. */
export const sequence: Column<number, number, "generated"> = { kind: "integer", use: "generated" };

export type AnyColumn = Column<unknown, unknown, Use>;
export type Columns = Record<string, AnyColumn>;

type ValueOf<C> = C extends Column<infer Value, infer _Stored, infer _Using> ? Value : never;
type StoredOf<C> = C extends Column<infer _Value, infer Stored, infer _Using> ? Stored : never;
type KeysOf<Cols, Using extends Use> = {
  [K in keyof Cols]: Cols[K] extends { use: Using } ? K : never;
}[keyof Cols];

export interface Table<Name extends string = string, Cols = Columns> {
  readonly name: Name;
  readonly columns: Cols;
}

export const table = <Name extends string, Cols extends Columns>(name: Name, columns: Cols): Table<Name, Cols> => ({
  name,
  columns,
});

/** A row as the program sees it. */
export type Row<T> = T extends Table<string, infer Cols> ? { [K in keyof Cols]: ValueOf<Cols[K]> } : never;
/** What an insert takes. */
export type NewRow<T> =
  T extends Table<string, infer Cols>
    ? { [K in KeysOf<Cols, "given">]: ValueOf<Cols[K]> } & { [K in KeysOf<Cols, "optional">]?: ValueOf<Cols[K]> }
    : never;
export type Change<T> = Partial<NewRow<T>>;
/** A row as the database holds it. */
export type StoredRow<T> = T extends Table<string, infer Cols> ? { [K in keyof Cols]: StoredOf<Cols[K]> } : never;
