import { open } from "node:fs/promises";
import { CfyError } from "../errors.ts";
import { ExitCode } from "../exit-code.ts";

/** What a wagon says of the plugin in it, as far as anybody asks here. */
export interface WagonMetadata {
  package_name: string;
  package_version: string;
  /** File names of the wheels in it. */
  wheels: string[];
}

interface Contents {
  names: string[];
  /** The text of `package.json`. */
  metadata: string | undefined;
}

/** The folder of a wagon may have any name. */
const METADATA = /^(\.\/)?[^/]+\/package\.json$/;

/**
 * Looks into a wagon: an archive (tar.gz or zip) of one folder with a `package.json` and wheels.
 * @throws CfyError there is no such file, it is no wagon, or something in it is missing
 */
export async function readWagon(file: string): Promise<WagonMetadata> {
  const { names, metadata } = await contentsOf(file).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") throw missingFile(file);
    throw notAWagon(file, `it is neither a tar.gz nor a zip archive (${cause.message})`);
  });
  if (metadata === undefined) throw notAWagon(file, "there is no package.json in its folder");
  const wagon = parsed(metadata);
  if (!wagon) throw notAWagon(file, "its package.json does not name package_name, package_version and wheels");
  const missing = wagon.wheels.filter((wheel) => !names.some((name) => name.endsWith(`/wheels/${wheel}`)));
  if (missing.length > 0)
    throw notAWagon(file, `wheels that its package.json names are not in it: ${missing.join(", ")}`);
  return wagon;
}

async function contentsOf(file: string): Promise<Contents> {
  const handle = await open(file);
  try {
    const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    if (buffer.toString("latin1") !== "PK") return await contentsOfTar(file);
    const { readZip } = await import("./read-zip.ts");
    const { names, texts } = await readZip(file, METADATA);
    return { names, metadata: texts[0] };
  } finally {
    await handle.close();
  }
}

async function contentsOfTar(file: string): Promise<Contents> {
  const { list } = await import("tar");
  const names: string[] = [];
  const chunks: Buffer[] = [];
  let found = false;
  await list({
    file,
    strict: true,
    onReadEntry(entry) {
      names.push(entry.path);
      if (!METADATA.test(entry.path)) return;
      found = true;
      entry.on("data", (chunk: Buffer) => chunks.push(chunk));
    },
  });
  return { names, metadata: found ? Buffer.concat(chunks).toString("utf8") : undefined };
}

function parsed(text: string): WagonMetadata | undefined {
  try {
    const { package_name, package_version, wheels } = JSON.parse(text) as Partial<WagonMetadata>;
    if (!package_name || !package_version || !Array.isArray(wheels)) return undefined;
    return { package_name, package_version, wheels };
  } catch {
    return undefined;
  }
}

const missingFile = (file: string): CfyError =>
  new CfyError("plugin_file_not_found", `There is no file ${file}`, {
    exit: ExitCode.NotFound,
    hint: "Give the wagon (.wgn) of the plugin, or its URL.",
  });

const notAWagon = (file: string, why: string): CfyError =>
  new CfyError("invalid_plugin", `${file} is no wagon: ${why}`, {
    hint: "`wagon create` makes one of a Python package.",
  });
