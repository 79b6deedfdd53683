import type { Broker, ManagerNode } from "../../../api/manager.ts";
import type { Client } from "../../../client/client.ts";
import { CfyError } from "../../errors.ts";
import { ExitCode } from "../../exit-code.ts";

/** @throws CfyError the cluster has no such broker */
export async function brokerNamed(client: Client, name: string, signal: AbortSignal): Promise<Broker> {
  const { items } = await client.manager.brokers({ signal });
  return (
    items.find((one) => one.name === name) ??
    noMember(
      "broker",
      name,
      items.map((one) => one.name),
    )
  );
}

/** @throws CfyError the cluster has no such manager */
export async function managerNamed(client: Client, hostname: string, signal: AbortSignal): Promise<ManagerNode> {
  const { items } = await client.manager.managers({}, { signal });
  return (
    items.find((one) => one.hostname === hostname) ??
    noMember(
      "manager",
      hostname,
      items.map((one) => one.hostname),
    )
  );
}

function noMember(kind: "broker" | "manager", name: string, names: readonly string[]): never {
  throw new CfyError(`${kind}_not_found`, `The cluster has no ${kind} ${name}`, {
    exit: ExitCode.NotFound,
    hint: names.length > 0 ? `It has: ${names.join(", ")}` : `It has no ${kind}s`,
  });
}
