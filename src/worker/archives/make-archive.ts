import { rm } from "node:fs/promises";
import type { ArchiveKind } from "../../services/archives/kinds.ts";
import { archivePath } from "../../services/files/layout.ts";
import type { ExecutionControl } from "../execution/control.ts";
import { cancelled, type ExecutionEnd, terminated } from "../execution/execution-end.ts";
import type { WorkflowParts } from "../execution/workflow.ts";
import { type Member, writeZip } from "./write-zip.ts";

/**
 * The workflow that makes a snapshot or a log bundle. Done again after an interruption, it begins anew; asked to stop, it
 * leaves nothing.
 */
export async function makeArchive(
  { execution, surroundings, begins, control }: WorkflowParts,
  kind: ArchiveKind,
  members: () => AsyncIterable<Member>,
): Promise<ExecutionEnd> {
  await begins();
  const { database, home } = surroundings;
  const [tenant, id] = [execution.tenant_name, String(execution.parameters[kind.parameter])];
  const path = archivePath(home.server.files, kind.folder, tenant, id);
  await writeZip(path, whileWanted(members(), control));
  if (control.request !== null) {
    await rm(path, { force: true });
    return cancelled;
  }
  await database.unitOfWork((tx) => kind.rows(tx).update(tenant, id, { status: "created", error: "" }));
  return terminated;
}

async function* whileWanted(members: AsyncIterable<Member>, control: ExecutionControl): AsyncGenerator<Member> {
  for await (const member of members) {
    yield member;
    if (control.request !== null) return;
  }
}
