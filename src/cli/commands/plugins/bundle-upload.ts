import type { Plugin } from "../../../api/archives.ts";
import type { Page } from "../../../api/paging.ts";
import { fileBody } from "../../../client/index.ts";
import { command, path } from "../../command.ts";
import { requireLicense } from "../../connection/licensed.ts";
import { ExitCode } from "../../exit-code.ts";
import { isUrl } from "../../inputs/url.ts";
import { withProgressBar } from "../../transfer.ts";
import { PLUGIN_SUMMARY_COLUMNS } from "./columns.ts";

const PUBLIC_BUNDLE = "http://repository.cloudifysource.org/cloudify/wagons/cloudify-plugins-bundle.tgz";

/** `cfy plugins bundle-upload` */
export const bundleUpload = command({
  name: "bundle-upload",
  summary: "Upload many plugins in one archive",
  options: {
    path: path({
      flags: ["-p", "--path"],
      metavar: "FILE",
      help: "The bundle, or its URL; by default the public one, which the server fetches",
      complete: "file",
    }),
  },
  columns: PLUGIN_SUMMARY_COLUMNS,
  examples: [["cfy plugins bundle-upload -p plugins-bundle.tgz", "where the server has no way to the internet"]],
  async run(ctx, { path = PUBLIC_BUNDLE }) {
    const client = ctx.client();
    const { signal } = ctx;
    await requireLicense(client, signal);
    ctx.notice(`Uploading ${path}; this may take some minutes …`);
    const answer = isUrl(path)
      ? await client.plugins.upload({ plugin_archive_url: path }, undefined, { signal })
      : await withProgressBar(ctx, "Uploading", async (progress) =>
          client.plugins.upload({}, await fileBody(path), { progress, signal }),
        );
    await ctx.output.rows(pluginsIn(answer), { title: "Plugins:", columns: PLUGIN_SUMMARY_COLUMNS });
    return ExitCode.Ok;
  },
});

/** A bundle that held one plugin only is answered as that plugin. */
const pluginsIn = (answer: Plugin | Page<Plugin>): Plugin[] => ("items" in answer ? answer.items : [answer]);
