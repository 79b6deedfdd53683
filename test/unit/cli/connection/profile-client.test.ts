import { describe, expect, it } from "vitest";
import { checkCredentials, profileClient } from "../../../../src/cli/connection/profile-client.ts";
import type { Context } from "../../../../src/cli/context.ts";
import { type ClusterNode, newProfile, type Profile } from "../../../../src/cli/profiles/profile.ts";
import { type Answer, loopback } from "../../../helpers/loopback.ts";
import { cfyHome } from "../../../helpers/profiles.ts";
import { VirtualClock } from "../../../helpers/virtual-clock.ts";

const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;

/** A manager that answers every request so, and a client of a profile that names it. */
async function asking(profile: Partial<Profile>, env: Record<string, string> = {}, answer: Answer = { json: {} }) {
  const { endpoint, seen } = await loopback(() => answer);
  const { profiles } = await cfyHome();
  const ctx = { env, clock: new VirtualClock(), verbose: () => {}, warn: () => {} } as unknown as Context;
  const whole = { ...newProfile("p"), manager_ip: endpoint.host, rest_port: endpoint.port, ...profile };
  const { client, address } = profileClient(ctx, whole, profiles);
  const checked = checkCredentials(ctx, client, address);
  return { checked, seen, profiles, endpoint };
}

describe("a profile that is being tried", () => {
  const everything = { CLOUDIFY_USERNAME: "env", CLOUDIFY_PASSWORD: "env-secret" };

  it.each([
    ["its user", { manager_username: "eve", manager_password: "s" }, everything, basic("eve", "s")],
    [
      "its user, not the environment's token",
      { manager_username: "eve", manager_password: "s" },
      { CLOUDIFY_TOKEN: "t" },
      basic("eve", "s"),
    ],
    ["its user with the environment's password", { manager_username: "eve" }, everything, basic("eve", "env-secret")],
    ["the environment's user when it names none", {}, everything, basic("env", "env-secret")],
  ])("is tried with %s", async (_whom, profile, env, authorization) => {
    const { checked, seen } = await asking(profile, env);
    await checked;
    expect(seen.map(({ headers }) => headers.authorization)).toEqual([authorization]);
  });

  it("is tried with its token, whatever the environment says", async () => {
    const { checked, seen } = await asking({ manager_token: "ctok" }, everything);
    await checked;
    expect(seen.map(({ headers }) => [headers["authentication-token"], headers.authorization])).toEqual([
      ["ctok", undefined],
    ]);
  });

  it("is tried at its own manager, not at another one of the cluster", async () => {
    const other = await loopback(() => ({ json: {} }));
    const gone = await loopback(() => ({}));
    await new Promise((resolve) => gone.server.close(resolve));
    const node = (host_ip: string, rest_port: number): ClusterNode => ({
      hostname: host_ip,
      host_ip,
      host_type: "manager",
      rest_port,
    });
    const cluster = { manager: [node("localhost", gone.endpoint.port), node("127.0.0.1", other.endpoint.port)] };
    const profile = { manager_ip: "localhost", manager_username: "u", manager_password: "p", cluster };
    const { checked, profiles } = await asking(profile);
    await expect(checked).rejects.toMatchObject({ exit: 69, message: expect.stringContaining("localhost") });
    expect(other.seen).toEqual([]);
    expect(await profiles.names()).toEqual([]);
  });

  it("that is refused is told without advice about the profile in use", async () => {
    const user = { manager_username: "u", manager_password: "p" };
    const unknown = { status: 401, json: { message: "User unauthorized", error_code: "unauthorized_error" } };
    const { checked } = await asking(user, {}, unknown);
    await expect(checked).rejects.toMatchObject({
      exit: 4,
      message: expect.stringContaining("cannot be used: User unauthorized"),
      hint: ["Nothing was saved. --skip-credentials-validation saves it all the same."],
    });
  });

  it("whose manager is not there keeps the advice about the way to it", async () => {
    const { endpoint, server } = await loopback(() => ({}));
    await new Promise((resolve) => server.close(resolve));
    const { checked } = await asking({ rest_port: endpoint.port, manager_username: "u", manager_password: "p" });
    await expect(checked).rejects.toMatchObject({
      exit: 69,
      hint: [expect.stringContaining("Nothing listens there"), expect.stringContaining("Nothing was saved")],
    });
  });
});
