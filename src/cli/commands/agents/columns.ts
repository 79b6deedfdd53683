import type { Agent } from "../../../api/manager.ts";
import type { Column } from "../../output/column.ts";

export const AGENT_COLUMNS: readonly Column<Agent>[] = [
  { key: "id" },
  { key: "ip", whole: true },
  { key: "deployment" },
  { key: "state" },
  { key: "node" },
  { key: "system" },
  { key: "version" },
  { key: "install_method" },
  { key: "tenant_name" },
];
