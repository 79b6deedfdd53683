import { createWriteStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { CfyError, usageError } from "../errors.ts";
import { ExitCode } from "../exit-code.ts";
import { isUrl } from "../inputs/url.ts";
import { readWagon } from "./wagon.ts";

export interface PluginParts {
  /** Paths or URLs. */
  wagon: string;
  yamls: readonly string[];
  icon?: string | undefined;
}

/** The name under which a server looks for the icon. */
const ICON = "icon.png";

/**
 * Packs a wagon, its YAML files and perhaps an icon into the one zip that a server takes, hands it to `use`, and
 * removes it again. What is a URL is fetched first.
 */
export async function withPackedPlugin<T>(
  parts: PluginParts,
  signal: AbortSignal,
  use: (zip: string) => Promise<T>,
): Promise<T> {
  const place = await mkdtemp(join(tmpdir(), "cfy-plugin-"));
  try {
    const wagon = await localFile(parts.wagon, place, signal);
    await readWagon(wagon);
    const files = new Map([[basename(wagon), wagon]]);
    for (const yaml of parts.yamls) {
      const file = await localFile(yaml, place, signal);
      if (files.has(basename(file))) throw usageError(`Two files of the plugin are called ${basename(file)}`);
      files.set(basename(file), file);
    }
    if (parts.icon !== undefined) files.set(ICON, await localFile(parts.icon, place, signal));
    const zip = join(place, "plugin.zip");
    const { writeZip } = await import("./write-zip.ts");
    await writeZip(files, zip, signal);
    return await use(zip);
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

async function localFile(word: string, place: string, signal: AbortSignal): Promise<string> {
  if (isUrl(word)) return await fetched(word, place, signal);
  const found = await stat(word).catch(() => undefined);
  if (found?.isFile()) return word;
  throw new CfyError("plugin_file_not_found", `There is no file ${word}`, {
    exit: ExitCode.NotFound,
    hint: "cfy plugins upload WAGON -y PLUGIN.yaml: paths or URLs",
  });
}

async function fetched(url: string, place: string, signal: AbortSignal): Promise<string> {
  const failed = (why: string, cause?: unknown): CfyError =>
    new CfyError("download_failed", `${url} cannot be fetched: ${why}`, {
      exit: ExitCode.Unreachable,
      hint: "Fetch it with another program, and give its path.",
      cause,
    });
  const response = await fetch(url, { signal }).catch((cause: Error) => {
    throw signal.aborted ? signal.reason : failed(cause.message, cause);
  });
  if (!response.ok || !response.body) throw failed(`the answer is ${response.status}`);
  // A folder of its own: two URLs may end in the same name.
  const folder = await mkdtemp(join(place, "fetched-"));
  const file = join(folder, basename(new URL(url).pathname) || "download");
  await pipeline(Readable.fromWeb(response.body), createWriteStream(file, { mode: 0o600 }), { signal });
  return file;
}
