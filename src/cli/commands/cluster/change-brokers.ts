import type { JsonObject } from "../../../api/resources.ts";
import { argument, command, natural, text } from "../../command.ts";
import { usageError } from "../../errors.ts";
import { ExitCode } from "../../exit-code.ts";
import { readInputs } from "../../inputs/inputs.ts";
import { brokerNamed } from "./member.ts";
import { refreshedClient } from "./refresh.ts";

const brokerName = argument({ help: "Name of the broker, as `cfy cluster brokers list` shows it", complete: "broker" });

const networks = {
  flags: ["-n", "--networks"],
  metavar: "NETWORKS",
  multiple: true,
  help: "Its addresses by network: name=address, JSON or YAML text, or a file",
  complete: "file",
} as const;

/** `cfy cluster brokers add` */
export const add = command({
  name: "add",
  summary: "Make a message broker known to the cluster",
  arguments: { name: argument({ help: "What it is called" }), address: argument({ help: "Where it is reached" }) },
  options: {
    port: natural({ flags: ["--port"], metavar: "PORT", help: "Where it listens; 5671 by default" }),
    networks: text(networks),
  },
  examples: [["cfy cluster brokers add rabbit2 10.0.0.7 -n default=10.0.0.7", "one that runs already"]],
  async run(ctx, { name, address, port, networks }) {
    if (port !== undefined && (port < 1 || port > 65_535)) throw usageError("--port is a number from 1 to 65535");
    const addresses = (await readInputs(networks, ctx.io.stdin)) as JsonObject;
    const client = await refreshedClient(ctx);
    const known = Object.keys(addresses).length > 0 ? { networks: addresses } : {};
    await client.manager.addBroker({ name, address, ...(port !== undefined && { port }), ...known });
    ctx.output.line(`The broker ${name} belongs to the cluster`);
    return ExitCode.Ok;
  },
});

/** `cfy cluster brokers update` */
export const update = command({
  name: "update",
  summary: "Add networks to a message broker, or change its addresses in them",
  arguments: { name: brokerName },
  options: { networks: text({ ...networks, required: true }) },
  examples: [
    ["cfy cluster brokers update rabbit2 -n dmz=192.168.0.7", "its certificate must be good for that address"],
  ],
  async run(ctx, { name, networks }) {
    const addresses = (await readInputs(networks, ctx.io.stdin)) as JsonObject;
    const client = await refreshedClient(ctx);
    await brokerNamed(client, name, ctx.signal);
    await client.manager.updateBroker(name, addresses);
    ctx.output.line(`The networks of broker ${name} are updated`);
    return ExitCode.Ok;
  },
});

/** `cfy cluster brokers remove` */
export const remove = command({
  name: "remove",
  summary: "Take a message broker out of the cluster",
  arguments: { name: brokerName },
  examples: [["cfy cluster brokers remove rabbit2", "the broker itself is left as it is"]],
  async run(ctx, { name }) {
    const client = await refreshedClient(ctx);
    await brokerNamed(client, name, ctx.signal);
    await client.manager.removeBroker(name);
    ctx.output.line(`The broker ${name} is no longer part of the cluster`);
    return ExitCode.Ok;
  },
});
