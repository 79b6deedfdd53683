import { flag, natural, path, text } from "../../command.ts";
import { passwordStdinOption } from "../../options/password.ts";

/** Who asks. A secret need not stand on the command line, where other users of the machine can read it. */
export const credentialOptions = {
  managerUsername: text({ flags: ["-u", "--manager-username"], metavar: "USER", help: "The user name" }),
  managerPassword: text({
    flags: ["-p", "--manager-password"],
    metavar: "PASSWORD",
    help: "The password; with a user name and without this it is asked for",
  }),
  passwordStdin: passwordStdinOption,
  managerToken: text({ flags: ["-T", "--manager-token"], metavar: "TOKEN", help: "A token instead of a user" }),
  tokenFile: path({ flags: ["--token-file"], metavar: "FILE", help: "Read the token from a file, or from - (stdin)" }),
  kerberosEnv: text({
    flags: ["--kerberos-env"],
    metavar: "YES_OR_NO",
    help: "Whether Kerberos authenticates",
    suggestions: ["yes", "no"],
  }),
};

export const managerTenant = text({
  flags: ["-t", "--manager-tenant"],
  metavar: "TENANT",
  help: "The tenant to work in, unless a command says otherwise",
  complete: "tenant",
});

export const restPort = natural({ flags: ["--rest-port"], metavar: "PORT", help: "The port; 80, or 443 with TLS" });

export const restCertificate = path({
  flags: ["-c", "--rest-certificate"],
  metavar: "FILE",
  help: "The authorities to trust (PEM)",
});

export const sshOptions = {
  sshUser: text({ flags: ["-s", "--ssh-user"], metavar: "USER", help: "For logging in to the host" }),
  sshKey: path({ flags: ["-k", "--ssh-key"], metavar: "FILE", help: "For logging in to the host" }),
  sshPort: text({ flags: ["--ssh-port"], metavar: "PORT", help: "For logging in to the host" }),
};

export const skipValidation = flag({
  flags: ["--skip-credentials-validation"],
  help: "Save it even when the manager refuses or does not answer",
});

export const profileName = text({ flags: ["--profile-name"], metavar: "NAME", help: "What the profile is called" });
