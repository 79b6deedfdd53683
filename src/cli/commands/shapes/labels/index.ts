import type { Label } from "../../../../api/resources.ts";
import type { Client } from "../../../../client/index.ts";
import { type Group, group } from "../../../command.ts";
import type { Label as WireLabel } from "../../../inputs/labels.ts";
import type { ResourceKind } from "../resource-kind.ts";
import { addCommand } from "./add.ts";
import { deleteCommand } from "./delete.ts";
import { listCommand } from "./list.ts";

/** Where the labels of a kind of resource are kept. */
export interface LabelStore {
  read(client: Client, id: string): Promise<readonly Pick<Label, "key" | "value">[]>;
  /** Replaces them all. */
  write(client: Client, id: string, labels: WireLabel[]): Promise<readonly Pick<Label, "key" | "value">[]>;
}

/** What the commands about labels have to know of a kind of resource. */
export type Labelled = Pick<ResourceKind<never>, "noun" | "group" | "id" | "example"> & LabelStore;

/** `labels list`, `add` and `delete` of a kind of resource. */
export const labelsGroup = (kind: Labelled): Group =>
  group({
    name: "labels",
    summary: `See and change the labels of a ${kind.noun}`,
    commands: [listCommand(kind), addCommand(kind), deleteCommand(kind)],
  });
