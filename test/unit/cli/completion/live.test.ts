import { expect, it } from "vitest";
import { liveCandidates } from "../../../../src/cli/completion/live.ts";
import { createClient } from "../../../../src/client/index.ts";
import { fakeManager } from "../../../helpers/fake-manager.ts";

it.each(["DEPLOYMENT_ID", "BLUEPRINT_ID"])("proposes the workflows of what the line names by %s", async (name) => {
  const manager = fakeManager().on("GET /deployments/app", { answer: { workflows: [{ name: "heal" }] } });
  const client = createClient({ endpoint: await manager.endpoint(), authentication: { kind: "none" } });
  const asked = { completer: "workflow", known: new Map([[name, "app"]]) } as const;
  expect(await liveCandidates(client, asked, new AbortController().signal)).toEqual([{ word: "heal", meaning: "" }]);
  manager.verify();
});
