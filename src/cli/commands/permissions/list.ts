import type { Permission } from "../../../api/access.ts";
import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import type { Column } from "../../output/column.ts";
import { roleOption } from "./options.ts";

interface Granted {
  permission: string;
  roles: string[];
}

const COLUMNS: readonly Column<Granted>[] = [{ key: "permission", whole: true }, { key: "roles" }];

/** `cfy permissions list` */
export const list = command({
  name: "list",
  summary: "List what may be done, and by which roles",
  options: { role: roleOption },
  columns: COLUMNS,
  examples: [["cfy permissions list --role viewer -o id", "all that a viewer may do"]],
  async run(ctx, { role }) {
    const { permissions } = ctx.client();
    const { items } = await (role === undefined ? permissions.page() : permissions.ofRole(role));
    await ctx.output.rows(byPermission(items), { title: "Permissions:", columns: COLUMNS });
    return ExitCode.Ok;
  },
});

function byPermission(items: readonly Permission[]): Granted[] {
  const granted = new Map<string, Granted>();
  for (const { permission, role } of items) {
    const entry = granted.get(permission) ?? { permission, roles: [] };
    entry.roles.push(role);
    granted.set(permission, entry);
  }
  return [...granted.values()];
}
