import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

const SUFFIX = "?raw";

/** rolldown plugin: `import text from "./file.ext?raw"` gives the file's text, as vite does. */
export const rawText = {
  name: "raw-text",
  resolveId(specifier, importer) {
    return specifier.endsWith(SUFFIX) ? join(dirname(importer), specifier) : null;
  },
  async load(id) {
    if (!id.endsWith(SUFFIX)) return null;
    const file = id.slice(0, -SUFFIX.length);
    this.addWatchFile(file);
    return { code: `export default ${JSON.stringify(await readFile(file, "utf8"))};`, moduleType: "js" };
  },
};
