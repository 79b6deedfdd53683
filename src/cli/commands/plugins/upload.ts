import { fileBody } from "../../../client/index.ts";
import { argument, command, path, text } from "../../command.ts";
import { requireLicense } from "../../connection/licensed.ts";
import { tenantOption, visibilityOption } from "../../options/common.ts";
import { withPackedPlugin } from "../../plugin/pack.ts";
import { withProgressBar } from "../../transfer.ts";
import { privateResourceOption } from "../blueprints/options.ts";
import { showChanged } from "../outcome.ts";
import { PLUGIN } from "./kind.ts";

/** `cfy plugins upload` */
export const upload = command({
  name: "upload",
  summary: "Upload a plugin",
  arguments: { pluginPath: argument({ help: "The wagon (.wgn), or its URL", complete: "file" }) },
  options: {
    yamlPath: path({
      flags: ["-y", "--yaml-path"],
      metavar: "FILE",
      required: true,
      multiple: true,
      help: "The plugin.yaml, or its URL; one for each version of the blueprint language",
      complete: "file",
    }),
    iconPath: path({ flags: ["-i", "--icon-path"], metavar: "FILE", help: "A PNG to show for it", complete: "file" }),
    title: text({ flags: ["--title"], metavar: "TEXT", help: "What people call it" }),
    privateResource: privateResourceOption,
    visibility: visibilityOption,
    tenant: tenantOption,
  },
  columns: PLUGIN.columns,
  examples: [["cfy plugins upload my_plugin-1.0-py311-none-any.wgn -y plugin.yaml", "blueprints can import it then"]],
  async run(ctx, { pluginPath, yamlPath, iconPath, title, privateResource, visibility, tenant }) {
    const client = ctx.client({ tenant });
    await requireLicense(client, ctx.signal);
    ctx.notice(`Uploading ${pluginPath} …`);
    const request = { visibility: privateResource ? ("private" as const) : visibility, title };
    const plugin = await withPackedPlugin({ wagon: pluginPath, yamls: yamlPath, icon: iconPath }, ctx.signal, (zip) =>
      withProgressBar(ctx, "Uploading", async (progress) =>
        client.plugins.upload(request, await fileBody(zip), { progress, signal: ctx.signal }),
      ),
    );
    const line = `The plugin ${plugin.package_name} ${plugin.package_version} is uploaded (${plugin.id})`;
    return await showChanged(ctx, line, plugin, PLUGIN);
  },
});
