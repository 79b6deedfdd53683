import { isIP } from "node:net";
import type { Client } from "../../client/client.ts";
import { proxyFor } from "../../client/proxy.ts";
import type { Endpoint } from "../../client/transport.ts";
import type { Context } from "../context.ts";
import type { Check } from "./check.ts";
import { address } from "./checks/address.ts";
import { authentication } from "./checks/authentication.ts";
import { authorities } from "./checks/authorities.ts";
import { clock } from "./checks/clock.ts";
import { credentials } from "./checks/credentials.ts";
import { disk } from "./checks/disk.ts";
import { dns } from "./checks/dns.ts";
import { embeddedServer, startedServer, whileRunning } from "./checks/embedded-server.ts";
import { http } from "./checks/http.ts";
import { leftovers } from "./checks/leftovers.ts";
import { managerVersion } from "./checks/manager-version.ts";
import { permissions } from "./checks/permissions.ts";
import { profile } from "./checks/profile.ts";
import { proxy } from "./checks/proxy.ts";
import { python } from "./checks/python.ts";
import { services } from "./checks/services.ts";
import { software } from "./checks/software.ts";
import { tcp } from "./checks/tcp.ts";
import { tenant } from "./checks/tenant.ts";
import { tls } from "./checks/tls.ts";
import {
  isLocal,
  localTenant,
  type ManagerSubject,
  managerClient,
  managerSubject,
  type Subject,
  subjectOf,
} from "./subject.ts";

export interface PlanOptions {
  tenant: string | undefined;
  /** Start the embedded server when it does not run. */
  start: boolean;
}

/** Every check that fits the profile in use, in the order in which to tell them. */
export async function planChecks(ctx: Context, options: PlanOptions): Promise<Check[]> {
  const subject = await subjectOf(ctx);
  const inUse = profile(subject);
  const always = [software, inUse, permissions(subject)];
  if (isLocal(subject)) return [...always, ...localChecks(subject, options)];
  const manager = await managerSubject(subject, options.tenant).catch(() => undefined);
  // Without a readable profile there is nowhere to go; its own check says why.
  const others = manager ? managerChecks(manager) : UNKNOWN.map((id) => ({ id, needs: [inUse], run: inUse.run }));
  return [...always, ...others, embeddedServer(subject)];
}

const UNKNOWN = ["address", "credentials", "authentication", "tenant", "server-version"];

function localChecks(subject: Subject, { tenant: flag, start }: PlanOptions): Check[] {
  const { ctx } = subject;
  const client = () => ctx.client({ tenant: flag, attachOnly: !start });
  const traces = leftovers(subject);
  const server = { ...(start ? startedServer(subject, client) : embeddedServer(subject)), needs: [traces] };
  const known = { ...whileRunning(subject, tenant(localTenant(subject, flag), client)), needs: [server] };
  const asked = [managerVersion(client), services(client, ctx.clock)];
  return [
    python(ctx.env),
    disk(subject),
    traces,
    server,
    known,
    ...asked.map((check) => ({ ...whileRunning(subject, check), needs: [known] })),
  ];
}

function managerChecks(subject: ManagerSubject): Check[] {
  const { ctx, settings } = subject;
  const ways: Way[] = settings.endpoints.map((endpoint, index) =>
    wayTo(subject, endpoint, () => ways.filter((_, other) => other !== index).map(({ last }) => last)),
  );
  const who = credentials(subject);
  let made: Client | undefined;
  const client = () => {
    made ??= managerClient(subject);
    return made;
  };
  const known = { ...authentication(client), needs: [who], needsOneOf: ways.map(({ last }) => last) };
  const inTenant = { ...tenant(settings.tenant, client), needs: [known] };
  const asked = [managerVersion(client), services(client, ctx.clock)];
  return [
    address(subject),
    ...(settings.endpoints.some(({ protocol }) => protocol === "https") ? [authorities(subject)] : []),
    who,
    ...ways.flatMap(({ checks }) => checks),
    known,
    inTenant,
    ...asked.map((check) => ({ ...check, needs: [inTenant] })),
  ];
}

interface Way {
  checks: Check[];
  /** Tells whether requests arrive. */
  last: Check;
}

/** The checks of the way to one host, each needing the one before it. */
function wayTo(subject: ManagerSubject, endpoint: Endpoint, spares: () => Check[]): Way {
  const checks: Check[] = [];
  const then = (check: Check): Check => {
    const next = { ...check, spares, needs: checks.slice(-1) };
    checks.push(next);
    return next;
  };
  then(proxy(subject, endpoint));
  // A proxy looks up and connects by itself.
  if (!isProxied(subject, endpoint)) {
    if (!isIP(endpoint.host)) then(dns(endpoint));
    then(tcp(subject, endpoint));
  }
  if (endpoint.protocol === "https") then(tls(subject, endpoint));
  const last = then(http(subject, endpoint));
  then(clock(subject, endpoint));
  return { checks, last };
}

function isProxied({ ctx }: ManagerSubject, endpoint: Endpoint): boolean {
  try {
    return proxyFor(endpoint, ctx.env) !== undefined;
  } catch {
    // What names it is no address, as its own check says.
    return true;
  }
}
