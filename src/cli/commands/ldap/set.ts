import { readFile } from "node:fs/promises";
import { command, flag, path, text } from "../../command.ts";
import { usageError } from "../../errors.ts";
import { ExitCode } from "../../exit-code.ts";

/** `cfy ldap set` */
export const set = command({
  name: "set",
  summary: "Let the server ask an LDAP server who a user is",
  options: {
    server: text({
      flags: ["-s", "--ldap-server"],
      metavar: "URL",
      required: true,
      help: "Its address: ldap://HOST:389",
    }),
    isActiveDirectory: flag({ flags: ["-a", "--ldap-is-active-directory"], help: "It is an Active Directory" }),
    caPath: path({
      flags: ["-c", "--ldap-ca-path"],
      metavar: "FILE",
      help: "The certificate authority that it is trusted by",
      complete: "file",
    }),
    username: text({
      flags: ["-u", "--ldap-username"],
      metavar: "NAME",
      help: "The user that looks things up there; needs a password too",
    }),
    password: text({ flags: ["-p", "--ldap-password"], metavar: "PASSWORD", help: "The password of that user" }),
    domain: text({ flags: ["-d", "--ldap-domain"], metavar: "DOMAIN", help: "The domain that its users belong to" }),
    dnExtra: text({ flags: ["-e", "--ldap-dn-extra"], metavar: "DN", help: "What is added to the name of a user" }),
    baseDn: text({ flags: ["--ldap-base-dn"], metavar: "DN", help: "Where users and groups are looked for" }),
    groupDn: text({ flags: ["--ldap-group-dn"], metavar: "DN", help: "Where groups are looked for" }),
    bindFormat: text({
      flags: ["--ldap-bind-format"],
      metavar: "FORMAT",
      help: "How the name of a user is written to log in",
    }),
    userFilter: text({ flags: ["--ldap-user-filter"], metavar: "FILTER", help: "Which entries are users" }),
    groupMemberFilter: text({
      flags: ["--ldap-group-member-filter"],
      metavar: "FILTER",
      help: "Which entries are members of a group",
    }),
    attributeEmail: text({
      flags: ["--ldap-attribute-email"],
      metavar: "NAME",
      help: "The attribute that holds the e-mail address",
    }),
    attributeFirstName: text({
      flags: ["--ldap-attribute-first-name"],
      metavar: "NAME",
      help: "The attribute that holds the first name",
    }),
    attributeLastName: text({
      flags: ["--ldap-attribute-last-name"],
      metavar: "NAME",
      help: "The attribute that holds the last name",
    }),
    attributeUid: text({
      flags: ["--ldap-attribute-uid"],
      metavar: "NAME",
      help: "The attribute that holds the name of the user",
    }),
    attributeGroupMembership: text({
      flags: ["--ldap-attribute-group-membership"],
      metavar: "NAME",
      help: "The attribute that holds the groups of the user",
    }),
    nestedLevels: text({
      flags: ["--ldap-nested-levels"],
      metavar: "N",
      help: "How deep groups inside groups are looked through",
    }),
  },
  examples: [
    ["cfy ldap set -s ldaps://ldap.example.com:636 -a -d example.com -c ca.pem", "an Active Directory over TLS"],
  ],
  async run(ctx, { caPath, ...args }) {
    if ((args.username === undefined) !== (args.password === undefined)) {
      throw usageError("--ldap-username and --ldap-password belong together", { hint: "Give both of them, or none." });
    }
    const settings = {
      ldap_server: args.server,
      ldap_is_active_directory: args.isActiveDirectory,
      ldap_username: args.username ?? null,
      ldap_password: args.password ?? null,
      ldap_domain: args.domain ?? null,
      ldap_dn_extra: args.dnExtra ?? null,
      ldap_base_dn: args.baseDn ?? null,
      ldap_group_dn: args.groupDn ?? null,
      ldap_bind_format: args.bindFormat ?? null,
      ldap_user_filter: args.userFilter ?? null,
      ldap_group_member_filter: args.groupMemberFilter ?? null,
      ldap_attribute_email: args.attributeEmail ?? null,
      ldap_attribute_first_name: args.attributeFirstName ?? null,
      ldap_attribute_last_name: args.attributeLastName ?? null,
      ldap_attribute_uid: args.attributeUid ?? null,
      ldap_attribute_group_membership: args.attributeGroupMembership ?? null,
      ldap_nested_levels: args.nestedLevels ?? null,
      ...(caPath !== undefined && { ldap_ca_cert: await readFile(caPath, "utf8") }),
    };
    await ctx.client().ldap.set(settings);
    ctx.output.line("The server asks the LDAP server now");
    return ExitCode.Ok;
  },
});
