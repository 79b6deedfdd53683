import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Json, JsonObject } from "../../../src/api/resources.ts";
import { blueprintDirectory } from "../../../src/services/files/layout.ts";
import { hashPassword } from "../../../src/services/identity/passwords.ts";
import { secretDigest } from "../../../src/services/identity/tokens.ts";
import { aDeploymentIn } from "../../helpers/deployment.ts";
import type { Manager } from "../../helpers/manager.ts";

const OWNED = { tenant_name: "default_tenant", visibility: "tenant", created_by: "admin" } as const;
const TOKEN = { id: "0DcczXV0ZG", secret: "xUnC10ZVjAYuk6aSm6HcXZBgrqsRXK0fSS8Wf2fD" };
const ENDED = "f4a1b998-cd0a-41e5-9602-f0b52e2e2af0";

const workflow = (parameters: Json): JsonObject => ({
  plugin: "default_workflows",
  operation: "cloudify.plugins.workflows.any",
  parameters,
  is_cascading: false,
});
const WORKFLOWS = {
  install: workflow({}),
  uninstall: workflow({}),
  execute_operation: workflow({ operation: {}, operation_kwargs: { default: {} } }),
};
const PLAN: JsonObject = { inputs: {}, data_types: {}, nodes: [], workflows: WORKFLOWS };

/** Brings a manager into the state in which the recorded one was, as far as the requests ask for it. */
export async function furnish({ database, files, ask }: Manager): Promise<void> {
  const directory = blueprintDirectory(files, "default_tenant", "simple");
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, "blueprint.yaml"), "tosca_definitions_version: cloudify_dsl_1_5\n");
  const instance = { id: "op_5re0ir", version: 9, runtime_properties: { marker: "made" } };
  await aDeploymentIn(database, "o1", { node: "op", instance, workflows: WORKFLOWS });
  const [admin, viv] = await Promise.all([hashPassword("admin"), hashPassword("vivpass")]);
  await database.unitOfWork(async (tx) => {
    const created_at = tx.now();
    await tx.users.update("admin", { password_hash: admin });
    await tx.users.insert({ username: "viv", password_hash: viv, role: "default", created_at });
    await tx.tenants.setUserRole("default_tenant", "viv", "viewer");
    await tx.tokens.insert({ id: TOKEN.id, username: "admin", secret_hash: secretDigest(TOKEN.secret), created_at });
    await tx.blueprints.insert({ ...OWNED, created_at, id: "simple", state: "uploaded", plan: PLAN });
    const execution = { ...OWNED, created_at, id: ENDED, workflow_id: "execute_operation", deployment_id: "o1" };
    await tx.executions.insert({ ...execution, status: "terminated", parameters: {} });
  });
  await ask("PATCH", "deployments/o1", { labels: [{ env: "dev" }] });
  const event = { event_type: "workflow_started", message: { text: "started" }, context: {} };
  await ask("POST", "events", { execution_id: ENDED, events: [event], logs: [] });
}

/** What the worker would have done before the request is sent. */
export async function beforehand(name: string, { database }: Manager): Promise<void> {
  if (name !== "executions-post-minimal") return;
  await database.unitOfWork(async (tx) => {
    const [creation] = await tx.executions.ofWorkflow("default_tenant", "asy", "create_deployment_environment");
    if (creation) await tx.executions.update(creation.id, { status: "terminated" });
    await tx.deployments.update("default_tenant", "asy", { workflows: WORKFLOWS });
  });
}
