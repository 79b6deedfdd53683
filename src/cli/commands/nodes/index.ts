import { group } from "../../command.ts";
import { get } from "./get.ts";
import { list } from "./list.ts";
import { summary } from "./summary.ts";

export const nodes = group({ name: "nodes", summary: "See the nodes of deployments", commands: [list, get, summary] });
