import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Recording } from "./recording.ts";

/** Writes what an earlier command line of the recording session had exported, and this one reads: as it was then sent. */
export function writeEarlierFiles({ argv, exchanges }: Recording, directory: string): void {
  if (argv[1] !== "secrets" || argv[2] !== "import") return;
  const file = argv[argv.findIndex((word) => word === "-i" || word === "--input-path") + 1];
  const body = exchanges[0]?.body;
  const sent = body && "json" in body ? (body.json as { secrets_list?: unknown }).secrets_list : undefined;
  if (file === undefined || sent === undefined || existsSync(join(directory, file))) return;
  mkdirSync(dirname(join(directory, file)), { recursive: true });
  writeFileSync(join(directory, file), JSON.stringify(sent));
}
