import { describe, expect, it } from "vitest";
import { createClient, ReadOnlyError } from "../../../src/client/index.ts";
import { loopback } from "../../helpers/loopback.ts";

async function reader() {
  const { endpoint, seen } = await loopback(() => ({ json: { items: [], metadata: { pagination: { total: 0 } } } }));
  const client = createClient({ endpoint, authentication: { kind: "none" }, readOnly: "it is for looking only" });
  return { client, seen };
}

describe("a client that may only read", () => {
  it("sends nothing that changes something, and says what forbids it", async () => {
    const { client, seen } = await reader();
    const refused = client.executions.start({ deployment_id: "d", workflow_id: "install" });
    await expect(refused).rejects.toBeInstanceOf(ReadOnlyError);
    await expect(refused).rejects.toThrow("POST /api/v3.1/executions was not sent: it is for looking only");
    for (const verb of ["put", "patch", "delete"] as const) {
      await expect(client.rest[verb]("searches/deployments")).rejects.toBeInstanceOf(ReadOnlyError);
    }
    expect(seen).toEqual([]);
  });

  it("lets through what reads, be it by POST", async () => {
    const { client, seen } = await reader();
    await client.deployments.page();
    await client.rest.page("searches/deployments", { _size: 1 }, { json: { filter_rules: [] } });
    await client.rest.post("evaluate/functions", { json: { deployment_id: "d", payload: {} } });
    expect(seen.map(({ method }) => method)).toEqual(["GET", "POST", "POST"]);
  });

  it("is not fooled by what only begins like a search", async () => {
    const { client } = await reader();
    await expect(client.rest.post("searches/deployments/x")).rejects.toBeInstanceOf(ReadOnlyError);
    await expect(client.rest.post("evaluate/functions/../../executions")).rejects.toBeInstanceOf(ReadOnlyError);
  });
});
