import { describe, expect, it } from "vitest";
import type { Visibility } from "../../../../src/api/statuses.ts";
import { insertExecution } from "../../../../src/services/executions/insert.ts";
import { getExecution } from "../../../../src/services/executions/list.ts";
import type { Identity } from "../../../../src/services/identity/identity.ts";
import { permissionsOf } from "../../../helpers/permissions.ts";
import { ADMIN, aDatabase } from "../world.ts";

const BOB: Identity = { ...ADMIN, username: "bob", role: "default", permissions: permissionsOf("default", "viewer") };

describe("an execution", () => {
  it.each<[Visibility, string, Partial<Identity>, boolean]>([
    ["tenant", "somebody of its tenant", {}, true],
    ["tenant", "an administrator in another tenant", { ...ADMIN, tenant: "other" }, false],
    ["private", "somebody of its tenant", {}, false],
    ["private", "the one who started it", { username: "ann" }, true],
    ["private", "an administrator", ADMIN, true],
    ["global", "somebody of another tenant", { tenant: "other" }, true],
  ])("that is %s is shown to %s: %j is %s", async (visibility, _, who, isShown) => {
    const { database } = await aDatabase();
    const { id } = await database.unitOfWork((tx) =>
      insertExecution(
        tx,
        { username: "ann", tenant: ADMIN.tenant },
        { workflowId: "w", status: "pending", parameters: {}, visibility },
      ),
    );
    const asked = getExecution(database.read, { ...BOB, ...who }, id, {});
    if (isShown) expect(await asked).toMatchObject({ id });
    else await expect(asked).rejects.toMatchObject({ code: "not_found_error" });
  });
});
