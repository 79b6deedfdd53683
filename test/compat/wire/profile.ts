import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Recording } from "./recording.ts";

const PORT_OF_NOBODY = 1;
/** The port of the manager that was recorded; command lines name it. */
const RECORDED_PORT = "8190";

interface Who {
  username?: string;
  password?: string;
  token?: string;
  tenant?: string;
}

const PROFILES: Record<string, Who> = {
  rec: { username: "admin", password: "admin" },
  badpw: { username: "admin", password: "wrong" },
  dead: { username: "admin", password: "admin" },
  bob: { username: "bob", password: "bobpass" },
  viv: { username: "viv", password: "vivpass" },
  eve: { username: "eve", password: "evepass" },
  t2: { username: "admin", password: "admin", tenant: "t2" },
};

/** Writes the profile that a recording was made with, for a manager on this port. */
export function writeProfile(workdir: string, recording: Recording, port: number): void {
  const who = recording.profile === "token" ? { token: tokenIn(recording) } : PROFILES[recording.profile];
  if (!who || makesItsProfile(recording)) return;
  const root = join(workdir, ".cloudify");
  const folder = join(root, "profiles", recording.profile);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const context = {
    name: recording.profile,
    manager_ip: "127.0.0.1",
    manager_username: who.username ?? null,
    manager_password: who.password ?? null,
    manager_token: who.token ?? null,
    manager_tenant: who.tenant ?? "default_tenant",
    rest_port: recording.profile === "dead" ? PORT_OF_NOBODY : port,
    rest_protocol: "http",
    rest_certificate: null,
    kerberos_env: false,
    ssh_key: null,
    ssh_user: null,
    ssh_port: 22,
    provider_context: {},
    cluster: {},
  };
  writeFileSync(join(folder, "context.json"), JSON.stringify(context, null, 4), { mode: 0o600 });
  writeFileSync(join(root, "active.profile"), recording.profile, { mode: 0o600 });
}

const makesItsProfile = ({ argv }: Recording): boolean => argv[1] === "profiles" && argv[2] === "use";

/** A token is nobody's to know; the requests that were made with it carry it. */
const tokenIn = ({ exchanges }: Recording): string | undefined =>
  exchanges.find(({ headers }) => headers["Authentication-Token"])?.headers["Authentication-Token"];

/** The command line as it must be for a manager on another port. */
export const argvFor = ({ argv }: Recording, port: number): string[] =>
  argv.slice(1).map((word) => (word === RECORDED_PORT ? String(port) : word));
