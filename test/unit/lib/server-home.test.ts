import { userInfo } from "node:os";
import { describe, expect, it } from "vitest";
import { serverHome } from "../../../src/lib/server-home.ts";

/** A root whose server's socket would have a path of so many bytes. */
const rootFor = (bytes: number): string => `/${"d".repeat(bytes - "/".length - "/server/server.sock".length)}`;

describe("the socket of the embedded server", () => {
  it("lies in its home where the system takes so long a path", () => {
    expect(serverHome(rootFor(103)).socket).toBe(`${rootFor(103)}/server/server.sock`);
  });

  it("else in a short place of the same user, each home with its own", () => {
    const { socket } = serverHome(rootFor(104));
    expect(socket).toMatch(new RegExp(`^/tmp/cfy-${userInfo().uid}-[0-9a-f]{16}/server\\.sock$`));
    expect(serverHome(rootFor(104)).socket).toBe(socket);
    expect(serverHome(rootFor(105)).socket).not.toBe(socket);
  });
});
