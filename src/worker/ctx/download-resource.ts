import { copyFile, mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { JsonObject } from "../../api/resources.ts";
import type { OperationHost, OperationJob } from "../operations/job.ts";
import { renderTemplate } from "./render-template.ts";

interface Download {
  /** null: a new file in the operation's temporary directory. */
  target: string | null;
  temporary: string;
  template: { job: OperationJob; variables: JsonObject } | null;
}

/** Copies a resource of the deployment or its blueprint to a file of the script's own; returns its path. */
export async function downloadResource(
  host: Pick<OperationHost, "findResource">,
  path: string,
  download: Download,
): Promise<string> {
  const source = await host.findResource(path);
  const target = download.target ?? join(await mkdtemp(join(download.temporary, "r-")), basename(path));
  await mkdir(dirname(target), { recursive: true });
  if (download.template === null) await copyFile(source, target);
  else await writeFile(target, renderTemplate(await readFile(source, "utf8"), templateValues(download.template)));
  return target;
}

function templateValues({ job, variables }: { job: OperationJob; variables: JsonObject }): JsonObject {
  const view = (side: {
    node: object;
    instance: { runtimeProperties: JsonObject; id: string; hostIp: string | null };
  }) => ({
    node: { ...side.node, name: (side.node as { id: string }).id },
    instance: {
      id: side.instance.id,
      host_ip: side.instance.hostIp,
      runtime_properties: side.instance.runtimeProperties,
    },
  });
  const { subject } = job;
  const sides =
    subject.kind === "node-instance"
      ? view(subject)
      : subject.kind === "relationship-instance"
        ? { source: view(subject.source), target: view(subject.target) }
        : {};
  const ctx = {
    ...sides,
    deployment: { id: job.deployment.id },
    blueprint: { id: job.blueprintId },
    operation: { name: job.operation.name, retry_number: job.operation.retryNumber },
    execution_id: job.executionId,
    workflow_id: job.workflowId,
  };
  return { ctx, ...variables } as unknown as JsonObject;
}
