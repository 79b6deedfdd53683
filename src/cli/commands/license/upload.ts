import { fileBody } from "../../../client/index.ts";
import { argument, command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";

/** `cfy license upload` */
export const upload = command({
  name: "upload",
  summary: "Give the server a license",
  arguments: { licensePath: argument({ help: "The license file (YAML)", complete: "file" }) },
  examples: [["cfy license upload license.yaml", "instead of the one that it has"]],
  async run(ctx, { licensePath }) {
    const file = await fileBody(licensePath);
    ctx.notice(`Uploading ${licensePath} …`);
    await ctx.client().license.upload(file);
    ctx.output.line("The license is uploaded");
    return ExitCode.Ok;
  },
});
