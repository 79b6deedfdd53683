import { command, flag, group, text } from "../command.ts";
import { ExitCode } from "../exit-code.ts";

const required = (flags: readonly string[], metavar: string, help: string) =>
  text({ flags, metavar, help, required: true });

/** `cfy community register` */
const register = command({
  name: "register",
  summary: "Register a user of the community edition",
  options: {
    firstName: required(["-f", "--first-name"], "NAME", "First name"),
    lastName: required(["-l", "--last-name"], "NAME", "Last name"),
    email: required(["-e", "--email"], "ADDRESS", "E-mail address"),
    phone: required(["-p", "--phone"], "NUMBER", "Phone number"),
    acceptEula: flag({
      flags: ["-a", "--accept-eula"],
      help: "Agree to the license of the community edition (https://cloudify.co/license-community)",
    }),
  },
  examples: [["cfy community register -f Ada -l Lovelace -e ada@example.com -p 555-0100 -a", "answers a customer id"]],
  async run(ctx, { firstName, lastName, email, phone, acceptEula }) {
    const { community } = ctx.client();
    const contact = { first_name: firstName, last_name: lastName, email, phone, is_eula: acceptEula };
    const customer_id = await community.register(contact, { signal: ctx.signal });
    await ctx.output.document({ customer_id }, () => `Registered as customer ${customer_id}\n`);
    return ExitCode.Ok;
  },
});

export const community = group({
  name: "community",
  summary: "Register with the community edition",
  commands: [register],
});
