import { describe, expect, it } from "vitest";
import { auditMoment } from "../../../../src/cli/commands/auditlog/audit-moment.ts";
import { cfy } from "../../../helpers/cfy.ts";
import { fakeManager } from "../../../helpers/fake-manager.ts";
import { page } from "../../../helpers/resources.ts";

const NOW = Date.parse("2026-05-10T12:00:00Z");

describe("a moment for the audit log", () => {
  it.each([
    ["2020-01-01 00:00:00", "2020-01-01 00:00:00"],
    ["now", "2026-05-10T12:00:00"],
    ["1.5h", "2026-05-10T10:30:00"],
    ["3d", "2026-05-07T12:00:00"],
    ["2w", "2026-04-26T12:00:00"],
    ["@0", "1970-01-01T00:00:00"],
    ["1 hour ago", "2026-05-10T11:00:00"],
  ])("%j is %s", (word, moment) => {
    expect(auditMoment(word, NOW)).toBe(moment);
  });

  it("that cannot be understood is refused before it is sent", async () => {
    expect((await cfy(["auditlog", "truncate", "--before", "soon"])).code).toBe(2);
  });
});

describe("auditlog", () => {
  const record = {
    id: 7,
    ref_table: "blueprints",
    ref_id: 1,
    ref_identifier: { id: "app", tenant_name: "t1" },
    operation: "create",
    creator_name: "alice",
    created_at: "2026-05-10T12:00:00.000",
  };

  it("list asks in the words of the audit service, and names what was changed", async () => {
    const query = { creator_name: "alice", order_by: "created_at", desc: "True", offset: "0", size: "1000" };
    const manager = fakeManager().on("GET /audit", { query, answer: page([record]) });
    const ran = await cfy("auditlog list -c alice --descending --format csv --columns id,ref_object", { manager });
    expect(ran.stdout).toBe("id,ref_object\n7,t1:blueprints:app\n");
  });

  it.each([
    ["", "2026-05-10 12:00:00.000  create  t1:blueprints:app  by alice\n"],
    ["--format jsonl", expect.stringMatching(/^\{"id": 7, .*\}\n$/)],
  ])("list -f %s writes a line for each record as it comes", async (format, stdout) => {
    const manager = fakeManager().on("GET /audit/stream", { answer: record });
    expect(await cfy(`auditlog list -f --timeout 0 ${format}`, { manager })).toMatchObject({ code: 0, stdout });
  });

  it("truncate says how many records are gone", async () => {
    const manager = fakeManager().on("DELETE /audit", { query: { before: "2020-01-01" }, answer: { deleted: 3 } });
    expect((await cfy("auditlog truncate -b 2020-01-01", { manager })).stdout).toBe("Deleted 3 records\n");
  });
});
