import { command, group } from "../command.ts";
import { ExitCode } from "../exit-code.ts";

/** `cfy idp get` */
const get = command({
  name: "get",
  summary: "Show who says who a user is: the server itself (local), or other providers",
  examples: [["cfy idp get", "local, or the names of providers"]],
  async run(ctx) {
    const provider = await ctx.client().ldap.identityProvider();
    await ctx.output.document(provider, () => `${provider}\n`);
    return ExitCode.Ok;
  },
});

export const idp = group({ name: "idp", summary: "See the identity provider of the server", commands: [get] });
