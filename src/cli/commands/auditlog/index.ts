import { group } from "../../command.ts";
import { list } from "./list.ts";
import { truncate } from "./truncate.ts";

export const auditlog = group({ name: "auditlog", summary: "See who changed what", commands: [list, truncate] });
