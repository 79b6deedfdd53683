import { access } from "node:fs/promises";
import { type Check, fail, ok, warn } from "../check.ts";
import type { ManagerSubject } from "../subject.ts";

/** Whose signature on the server's certificate is believed. */
export const authorities = ({ settings, ctx }: ManagerSubject): Check => ({
  id: "authorities",
  async run() {
    if (ctx.env.CLOUDIFY_SSL_TRUST_ALL) {
      return warn(
        "every certificate is believed (CLOUDIFY_SSL_TRUST_ALL)",
        "Name the authority instead: cfy profiles set --rest-certificate FILE, and unset CLOUDIFY_SSL_TRUST_ALL",
      );
    }
    const { authorities: named } = settings;
    if (!named) return ok("those that Node.js knows (the default)");
    const readable = await access(named.value).then(
      () => true,
      () => false,
    );
    return readable
      ? ok(`those in ${named.value} (${named.from})`)
      : fail(
          `${named.value} (${named.from}) cannot be read`,
          "Name another file: cfy profiles set --rest-certificate FILE",
        );
  },
});
