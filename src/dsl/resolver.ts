/** What an import, once found, consists of. */
export interface BlueprintFile {
  /** Its place: a path relative to the blueprint's folder, or a URL. */
  location: string;
  text: string;
}

/** Without the mark that some editors put before the first character. */
export const withoutByteOrderMark = (file: BlueprintFile): BlueprintFile =>
  file.text.startsWith("\ufeff") ? { ...file, text: file.text.slice(1) } : file;

/** A plugin of the catalogue, as `imports: [plugin:NAME]` needs it. */
export interface CataloguePlugin {
  /** Where the description was read; names it in errors. */
  location: string;
  text: string;
  /** Stored with the plugin; they replace whatever the description writes. */
  labels?: Record<string, string[]>;
  blueprintLabels?: Record<string, string[]>;
  resourceTags?: Record<string, string>;
}

export interface PluginQuery {
  name: string;
  /** Comparisons that must all hold, for example `[">=1.0", "<2.0"]`; a bare version stands as `==1.2`. Empty: the newest. */
  versions: string[];
  distribution: string | null;
  /** The root blueprint's language version, for example `1_3`: the description made for it is preferred. */
  dslVersion: string;
}

/** An uploaded blueprint, as `imports: [ns--blueprint:ID]` needs it. */
export interface CatalogueBlueprint {
  main: BlueprintFile;
  resolver: Resolver;
}

type MaybePromise<T> = T | Promise<T>;

/**
 * How the parser reaches anything but the text it was given. Every method answers null when there is nothing;
 * an error it throws is reported as the import's failure.
 */
export interface Resolver {
  /** A file of the blueprint's own folder. `path` is relative to it, with `/`, and never leaves it. */
  read(path: string): MaybePromise<string | null>;
  /** Whether that file exists: an operation that names one is a script. */
  exists(path: string): boolean;
  /** `http:`, `https:`, `ftp:` and `file:` imports. Absent: they are refused, since there is no network. */
  fetch?(url: string): MaybePromise<string | null>;
  plugin?(query: PluginQuery): MaybePromise<CataloguePlugin | null>;
  blueprint?(id: string): MaybePromise<CatalogueBlueprint | null>;
}
