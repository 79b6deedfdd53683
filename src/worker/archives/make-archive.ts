import type { ArchiveKind } from "../../services/archives/kinds.ts";
import { archivePath } from "../../services/files/layout.ts";
import { type ExecutionEnd, terminated } from "../execution/execution-end.ts";
import type { WorkflowParts } from "../execution/workflow-of.ts";
import { type Member, writeZip } from "./write-zip.ts";

/** The workflow that makes a snapshot or a log bundle. Done again after an interruption, it begins anew. */
export async function makeArchive(
  { execution, surroundings, begins }: WorkflowParts,
  kind: ArchiveKind,
  members: () => AsyncIterable<Member>,
): Promise<ExecutionEnd> {
  await begins();
  const { database, home } = surroundings;
  const [tenant, id] = [execution.tenant_name, String(execution.parameters[kind.parameter])];
  await writeZip(archivePath(home.server.files, kind.folder, tenant, id), members());
  await database.unitOfWork((tx) => kind.rows(tx).update(tenant, id, { status: "created", error: "" }));
  return terminated;
}
