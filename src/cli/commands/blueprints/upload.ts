import { takeBlueprint } from "../../blueprint/take.ts";
import { UPLOAD_PATIENCE_SECONDS } from "../../blueprint/upload.ts";
import { argument, command, duration, flag, path, text } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { tenantOption, visibilityOption } from "../../options/common.ts";
import { BLUEPRINT_COLUMNS } from "./columns.ts";
import { blueprintFileOption, privateResourceOption } from "./options.ts";

/** `cfy blueprints upload`: gives the server a blueprint and waits until it is parsed. */
export const upload = command({
  name: "upload",
  summary: "Upload a blueprint",
  description:
    "The main file's whole folder is packed and sent. An archive, a URL or org/repo[:tag] on GitHub will do too.",
  arguments: {
    blueprintPath: argument({
      help: "The main file, its folder, an archive, a URL, or org/repo[:tag]",
      complete: "file",
    }),
  },
  options: {
    blueprintId: text({ flags: ["-b", "--blueprint-id"], metavar: "ID", help: "Its id; by default its folder's name" }),
    fileName: blueprintFileOption,
    iconPath: path({ flags: ["-i", "--icon-path"], metavar: "FILE", help: "A PNG to show for it", complete: "file" }),
    asyncUpload: flag({
      flags: ["-a", "--async-upload", "--detach", "--no-wait"],
      off: ["--wait"],
      help: "Do not wait until it is parsed",
    }),
    timeout: duration({
      flags: ["--timeout"],
      default: UPLOAD_PATIENCE_SECONDS,
      metavar: "DURATION",
      help: "How long to wait until it is parsed",
    }),
    labels: text({ flags: ["--labels"], metavar: "KEY:VALUE,…", help: "Labels of the blueprint" }),
    validate: flag({ flags: ["--validate"], help: "Validate it here before it is sent" }),
    tenant: tenantOption,
    privateResource: privateResourceOption,
    visibility: visibilityOption,
  },
  examples: [
    ["cfy blueprints upload app/blueprint.yaml -b app", "the folder app, with its main file"],
    ["cfy blueprints upload app.tar.gz -n main.yaml", "an archive whose main file is main.yaml"],
  ],
  async run(ctx, { blueprintPath, asyncUpload, timeout, tenant, ...args }) {
    const blueprint = await takeBlueprint(ctx, ctx.client({ tenant }), {
      path: blueprintPath,
      ...args,
      wait: !asyncUpload,
      uploadTimeout: timeout,
    });
    if (ctx.output.format !== "table")
      await ctx.output.record(blueprint, { title: "Blueprint:", columns: BLUEPRINT_COLUMNS });
    else ctx.output.line(`The blueprint ${blueprint.id} is ${asyncUpload ? "on its way" : "uploaded"}`);
    return ExitCode.Ok;
  },
});
