import type { Repositories } from "../../storage/index.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { flag, parseListQuery, type RawQuery } from "../queries/list-query.ts";
import { pageSize } from "../queries/list-resources.ts";
import { KNOWN_RESERVED } from "./parse-labels.ts";

export type Labelled = "blueprints" | "deployments";

/** The keys of the labels in use; with `_reserved`, the keys that mean something to the server. */
export async function listLabelKeys(read: Repositories, who: Identity, of: Labelled, query: RawQuery) {
  authorize(who, "labels_list");
  const { _reserved, ...page } = query;
  const keys = flag({ _reserved }, "_reserved") ? [...KNOWN_RESERVED] : await repository(read, of).keys(who.tenant);
  return pageOf(read, keys, page);
}

/** The values in use under a key. */
export async function listLabelValues(read: Repositories, who: Identity, of: Labelled, key: string, query: RawQuery) {
  authorize(who, "labels_list");
  return pageOf(read, await repository(read, of).values(who.tenant, key.toLowerCase()), query);
}

const repository = (read: Repositories, of: Labelled) =>
  of === "blueprints" ? read.blueprintLabels : read.deploymentLabels;

async function pageOf(read: Repositories, words: readonly string[], query: RawQuery) {
  const { search, size, offset, all } = parseListQuery(query, { fields: [], defaultSize: await pageSize(read) });
  const wanted = search?.toLowerCase();
  const found = words.filter((word) => wanted === undefined || word.toLowerCase().includes(wanted));
  return {
    metadata: { pagination: { total: found.length, size, offset }, filtered: null },
    items: all ? found : found.slice(offset, offset + size),
  };
}
