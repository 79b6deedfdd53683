import { type Check, ok } from "../check.ts";
import { authenticationOf, type ManagerSubject } from "../subject.ts";

/** As whom, and where each part of that was found; never the secrets themselves. */
export const credentials = (subject: ManagerSubject): Check => ({
  id: "credentials",
  async run() {
    const { env } = subject.ctx;
    const from = (variable: string) => (env[variable] ? variable : "the profile");
    const authentication = authenticationOf(subject);
    if (authentication.kind !== "basic") return ok(`a token (${from("CLOUDIFY_TOKEN")})`);
    const { username } = authentication;
    return ok(`user ${username} (${from("CLOUDIFY_USERNAME")}), password (${from("CLOUDIFY_PASSWORD")})`);
  },
});
