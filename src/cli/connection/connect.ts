import { identified } from "../../client/authentication.ts";
import { type Client, clientOver } from "../../client/client.ts";
import { lazyTransport, network } from "../../client/network.ts";
import type { Transport } from "../../client/transport.ts";
import type { Connect, ConnectContext, ConnectOptions } from "../context.ts";
import { managersOf } from "../profiles/profile.ts";
import { cloudifyRoot } from "../profiles/root.ts";
import { type ProfileStore, profileStore } from "../profiles/store.ts";
import { movedToFront } from "./member-order.ts";
import { guarded } from "./read-only.ts";
import { type ManagerTarget, resolveTarget } from "./target.ts";
import { traced } from "./traced.ts";

/** The client of the profile in use. Nothing is read before its first call. */
export const connect: Connect = (ctx: ConnectContext, options: ConnectOptions): Client => {
  const retry = {
    clock: ctx.clock,
    onRetry: (error: unknown) => ctx.verbose(1, `${error instanceof Error ? error.message : error}; trying again`),
  };
  return clientOver(
    traced(
      lazyTransport(() => transportOf(ctx, options)),
      ctx,
    ),
    retry,
  );
};

async function transportOf(ctx: ConnectContext, { tenant, attachOnly = false }: ConnectOptions): Promise<Transport> {
  const root = cloudifyRoot(ctx.env);
  const profiles = profileStore(root);
  const target = await resolveTarget({ env: ctx.env, profiles, tenant, manager: ctx.manager });
  if (target.kind === "manager") {
    if (ctx.manager && managersOf(target.profile).length === 0) {
      ctx.warn(`--manager is meant for clusters, and profile ${target.profile.name} names a single manager`);
    }
    return guarded(managerTransport(ctx, target, profiles), ctx.env, target.profile);
  }
  // A manager's profile needs nothing of what finds and starts a server here.
  const { embeddedTransport } = await import("./embedded-transport.ts");
  const transport = identified(embeddedTransport(ctx, root, attachOnly), {
    authentication: { kind: "none" },
    tenant: target.tenant,
  });
  return guarded(transport, ctx.env);
}

/** Of a cluster, the profile remembers which member answered last. */
export function managerTransport(ctx: ConnectContext, target: ManagerTarget, profiles: ProfileStore): Transport {
  for (const note of target.notes) ctx.verbose(1, note);
  let { profile } = target;
  const transport = network(target.endpoints, {
    env: ctx.env,
    async onFailOver({ to, error, index }) {
      ctx.warn(`${error.message}; going on with ${to}`);
      const host = target.endpoints[index]?.host;
      if (host === undefined) return;
      profile = movedToFront(profile, host);
      await profiles.save(profile);
    },
  });
  return identified(transport, target);
}
