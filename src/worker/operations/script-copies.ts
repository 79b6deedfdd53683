import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, copyFile, mkdir, mkdtemp, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * The scripts of an execution, copied to where they may be executed: once each, for all operations that run them, and
 * again when the original has changed or the copy is gone.
 */
export class ScriptCopies {
  readonly #directory: string;
  readonly #copies = new Map<string, Promise<string>>();

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** A copy of a file that is there already. */
  async ofFile(source: string, name: string): Promise<string> {
    const { mtimeMs, size } = await stat(source);
    return this.#copy(`${source} ${name} ${mtimeMs} ${size}`, name, (path) => copyFile(source, path));
  }

  /** A file with this text. */
  ofText(text: string, name: string): Promise<string> {
    const key = createHash("sha256").update(text).digest("hex");
    return this.#copy(`${key} ${name}`, name, (path) => writeFile(path, text));
  }

  /** A file that is made for one operation alone. */
  async fresh(name: string, write: (path: string) => Promise<void>): Promise<string> {
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
    const path = join(await mkdtemp(join(this.#directory, "s-")), name);
    await write(path);
    await chmod(path, 0o755);
    return path;
  }

  async #copy(key: string, name: string, write: (path: string) => Promise<void>): Promise<string> {
    const known = await this.#copies.get(key)?.catch(() => null);
    if (known && existsSync(known)) return known;
    const made = this.fresh(name, write);
    this.#copies.set(key, made);
    return made;
  }
}
