import { describe, expect, it } from "vitest";
import { type Credentials, withCredentials } from "../../../../src/cli/profiles/given-credentials.ts";
import { cfy } from "../../../helpers/cfy.ts";
import { cfyHome } from "../../../helpers/profiles.ts";

const nobody: Credentials = {
  manager_username: null,
  manager_password: null,
  manager_token: null,
  kerberos_env: false,
};
const eve = { manager_username: "eve", manager_password: "s" };
const ways: Record<string, Credentials> = {
  user: { ...nobody, ...eve },
  token: { ...nobody, manager_token: "t" },
  kerberos: { ...nobody, kerberos_env: true },
};

describe("one way to authenticate", () => {
  it.each(Object.keys(ways).flatMap((from) => Object.keys(ways).map((to) => [from, to])))(
    "takes the place of the other: %s, then %s",
    (from, to) => {
      const given = { user: eve, token: { manager_token: "t" }, kerberos: { kerberos_env: true } }[to] ?? {};
      expect(withCredentials(ways[from] ?? nobody, given)).toEqual(ways[to]);
    },
  );

  it("may be changed in part, and a profile without it stays as it is", () => {
    expect(withCredentials({ ...nobody, ...eve }, { manager_password: "new" })).toEqual({
      ...nobody,
      manager_username: "eve",
      manager_password: "new",
    });
    expect(withCredentials({ ...nobody, ...eve }, { kerberos_env: false })).toEqual({ ...nobody, ...eve });
  });
});

it.each([
  ["--manager-password s --password-stdin", /--manager-password or --password-stdin, not both/],
  ["--manager-token t -u eve", /not both/],
  ["--manager-token t --token-file -", /--manager-token or --token-file, not both/],
  ["--token-file - --password-stdin -u eve", /Standard input cannot hold the password and the token/],
  ["--kerberos-env maybe", /takes yes or no, not "maybe"/],
])("credentials that exclude each other are refused: %s", async (options, why) => {
  const { env, profiles } = await cfyHome();
  const ran = await cfy(`profiles use 127.0.0.1 ${options} --skip-credentials-validation`, { env, stdin: "secret\n" });
  expect(ran).toMatchObject({ code: 2, stderr: expect.stringMatching(why) });
  expect(await profiles.names()).toEqual([]);
});
