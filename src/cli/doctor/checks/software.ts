import { engines } from "../../../../package.json";
import { version } from "../../../lib/version.ts";
import { type Check, ok, warn } from "../check.ts";

/** This program, and the Node.js that runs it. */
export const software: Check = {
  id: "cfy",
  async run() {
    const { node } = process.versions;
    const oldest = engines.node.replace(/^>=/, "");
    const running = `${version} on Node.js ${node}, ${process.platform} ${process.arch}`;
    return isAtLeast(node, oldest) ? ok(running) : warn(running, `cfy is made for Node.js ${oldest} and newer`);
  },
};

/** Compares dotted numbers: `20.9` is older than `20.18`. */
export function isAtLeast(version: string, oldest: string): boolean {
  const wanted = oldest.split(".").map(Number);
  const there = version.split(".").map(Number);
  for (const [index, number] of wanted.entries()) {
    const other = there[index] ?? 0;
    if (other !== number) return other > number;
  }
  return true;
}
