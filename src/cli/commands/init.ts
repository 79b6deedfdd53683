import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { JsonObject } from "../../api/resources.ts";
import { type Client, RestError } from "../../client/index.ts";
import { writePrivateFile } from "../../lib/private-file.ts";
import { blueprintSource, defaultBlueprintId } from "../blueprint/source.ts";
import { takeBlueprint } from "../blueprint/take.ts";
import { validateBeforeUpload } from "../blueprint/validate.ts";
import { argument, command, flag, text } from "../command.ts";
import type { Context } from "../context.ts";
import { usageError } from "../errors.ts";
import { ExitCode } from "../exit-code.ts";
import { readInputs } from "../inputs/inputs.ts";
import { inputsOption } from "../options/inputs.ts";
import { installPluginsOption } from "../options/local-run.ts";
import { LOCAL } from "../profiles/profile.ts";
import { cloudifyRoot } from "../profiles/root.ts";
import { profileStore } from "../profiles/store.ts";
import { blueprintFileOption } from "./blueprints/options.ts";
import { createDeployment } from "./deployments/create-deployment.ts";
import { DELETION_SECONDS, deleteDeployment } from "./deployments/delete-deployment.ts";

/** `cfy init`: back to the server of this machine, perhaps with a blueprint to work on. */
export const init = command({
  name: "init",
  summary: "Use the server of this machine, perhaps with a blueprint to work on",
  description:
    "With a blueprint, uploads it and makes a deployment of it with the same id; those of an earlier init are replaced. " +
    "Without one it is not needed: where no profile was chosen, commands use the server of this machine anyway.",
  arguments: {
    blueprintPath: argument({ help: "The main file, its folder or an archive", required: false, complete: "file" }),
  },
  options: {
    fileName: blueprintFileOption,
    blueprintId: text({ flags: ["-b", "--blueprint-id"], metavar: "ID", help: "Its id; by default its folder's name" }),
    resetContext: flag({
      flags: ["-r", "--reset-context"],
      help: "Forget what older versions kept of local blueprints",
    }),
    inputs: inputsOption,
    installPlugins: installPluginsOption,
    hard: flag({ flags: ["--hard"], help: "With -r: also the settings in config.yaml" }),
    enableColors: flag({ flags: ["--enable-colors"], help: "Write into config.yaml that output is coloured" }),
  },
  examples: [["cfy init app/blueprint.yaml -i size=3", "then: cfy executions start install -d app"]],
  async run(ctx, { blueprintPath, fileName, blueprintId, resetContext, inputs, hard, enableColors }) {
    refuseOtherProfile(ctx);
    const root = cloudifyRoot(ctx.env);
    const profiles = profileStore(root);
    if (resetContext) await rm(profiles.directory(LOCAL), { recursive: true, force: true });
    if (resetContext && hard) await rm(join(root, "config.yaml"), { force: true });
    if (enableColors) await setColours(join(root, "config.yaml"));
    await profiles.use(LOCAL);
    ctx.notice("Commands use the server of this machine");
    if (blueprintPath === undefined) return ExitCode.Ok;

    const source = await blueprintSource(blueprintPath, fileName);
    const id = blueprintId ?? defaultBlueprintId(source);
    const read = (await readInputs(inputs, ctx.io.stdin)) as JsonObject;
    const client = ctx.client();
    await removeEarlier(ctx, client, id, async () => {
      if (source.kind !== "url") await validateBeforeUpload(ctx, blueprintPath, source.mainFile);
    });
    await takeBlueprint(ctx, client, {
      path: blueprintPath,
      fileName,
      blueprintId: id,
      validate: false,
      visibility: "tenant",
      wait: true,
    });
    await createDeployment(ctx, client, { id, blueprint_id: id, inputs: read });
    const again = blueprintId === undefined ? blueprintPath : `-b ${blueprintId} ${blueprintPath}`;
    ctx.notice(`${blueprintPath} is deployment ${id}. After a change to it: cfy init ${again}`);
    return ExitCode.Ok;
  },
});

/** The variable would send to a manager what is meant for this machine. */
function refuseOtherProfile({ env }: Context): void {
  const profile = env["CFY_PROFILE"];
  if (!profile || profile === LOCAL) return;
  throw usageError(`CFY_PROFILE is set to ${profile}, and init is about the server of this machine`, {
    hint: "unset CFY_PROFILE",
  });
}

/** What else the file says stays as it is. */
async function setColours(file: string): Promise<void> {
  const { parseDocument } = await import("yaml");
  const document = parseDocument(await readFile(file, "utf8").catch(() => ""));
  document.set("colors", true);
  await writePrivateFile(file, document.toString());
}

/**
 * What is to take its place is checked first: else a slip in it would leave neither.
 * @throws RestError `dependent_exists_error` it is installed
 */
async function removeEarlier(ctx: Context, client: Client, id: string, check: () => Promise<void>): Promise<void> {
  const deployment = await orUndefined(client.deployments.get(id, { _include: ["id"] }));
  const blueprint = await orUndefined(client.blueprints.get(id, { _include: ["id"] }));
  if (!deployment && !blueprint) return;
  await check();
  if (deployment) {
    ctx.notice(`Deleting deployment ${id} …`);
    await deleteDeployment(ctx, client, id, { timeout: DELETION_SECONDS, wait: true });
  }
  if (blueprint) await client.blueprints.delete(id);
}

const orUndefined = <T>(found: Promise<T>): Promise<T | undefined> =>
  found.catch((error: unknown) => {
    if (error instanceof RestError && error.status === 404) return undefined;
    throw error;
  });
