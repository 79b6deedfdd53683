import type { BlueprintPlugin, BlueprintReading, Context } from "../context.ts";
import { CfyError } from "../errors.ts";
import { counted } from "../output/counted.ts";
import { faultLook } from "./fault-look.ts";
import { blueprintSource } from "./source.ts";
import { withUnpackedArchive } from "./unpack.ts";

/**
 * Reads a blueprint that lies here, as a server would.
 * @throws CfyError it is an address, or an archive that cannot be unpacked here
 */
export async function readBlueprint(ctx: Context, path: string, fileName?: string): Promise<BlueprintReading> {
  const source = await blueprintSource(path, fileName);
  if (source.kind === "url") {
    throw new CfyError("not_a_blueprint_file", `${path} is not on this machine`, {
      hint: "Only a blueprint that lies here can be validated here.",
    });
  }
  ctx.notice(`Validating ${path} …`);
  if (source.kind === "folder") return await ctx.readBlueprint(source);
  const { file, mainFile } = source;
  // What is in an archive is called by its place there: app.zip/blueprint.yaml.
  return await withUnpackedArchive(file, mainFile, (folder) =>
    ctx.readBlueprint({ folder, mainFile, folderName: file }),
  );
}

/**
 * The plugins that a valid blueprint has installed.
 * @throws CfyError with all that is wrong with it, each fault with its source line
 */
export async function validateBlueprint(
  ctx: Context,
  path: string,
  fileName?: string,
): Promise<readonly BlueprintPlugin[]> {
  const reading = await readBlueprint(ctx, path, fileName);
  if (reading.faults.length === 0) return reading.plugins;
  throw await withFaults(ctx, path, reading);
}

/** What plugins and blueprints the server knows cannot be told here. */
const UNKNOWN_HERE = "InvalidBlueprintImport";

/**
 * The same for a blueprint that goes to a server next. One that imports what only the server knows is left to it.
 * @throws CfyError as above
 */
export async function validateBeforeUpload(ctx: Context, path: string, fileName: string): Promise<void> {
  const reading = await readBlueprint(ctx, path, fileName);
  const { faults } = reading;
  if (faults.some((fault) => fault.class !== UNKNOWN_HERE)) throw await withFaults(ctx, path, reading);
  const [first] = faults;
  if (first) ctx.warn(`${path} can only be checked by the server: here ${first.message}`);
}

async function withFaults(ctx: Context, path: string, reading: BlueprintReading): Promise<CfyError> {
  const { faults } = reading;
  return notValid(path, reading, { faults, text: reading.text(faults, await faultLook(ctx.io.stderr)) });
}

/** `findings` are left out where they were shown as a result. */
export function notValid(path: string, { faults }: BlueprintReading, findings?: CfyError["findings"]): CfyError {
  const count = counted(faults.length, "error");
  return new CfyError("invalid_blueprint", `${path} is not valid: ${count}`, { findings });
}
