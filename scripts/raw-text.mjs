import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** esbuild plugin: `import text from "./file.ext?raw"` gives the file's text, as vite does. */
export const rawText = {
  name: "raw-text",
  setup(api) {
    api.onResolve({ filter: /\?raw$/ }, (args) => ({
      path: join(args.resolveDir, args.path.slice(0, -"?raw".length)),
      namespace: "raw-text",
    }));
    api.onLoad({ filter: /.*/, namespace: "raw-text" }, async (args) => ({
      contents: await readFile(args.path, "utf8"),
      loader: "text",
      watchFiles: [args.path],
    }));
  },
};
