import { statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { type Check, fail, ok, warn } from "../check.ts";
import type { Subject } from "../subject.ts";

const MEGABYTE = 1e6;

/** Whether the embedded server has room for what it must keep. */
export const disk = ({ root }: Subject): Check => ({
  id: "disk",
  async run() {
    const { bavail, bsize } = await statfs(root).catch(() => statfs(dirname(root)));
    const megabytes = Math.floor((bavail * bsize) / MEGABYTE);
    const told = `${megabytes >= 10_000 ? `${Math.floor(megabytes / 1000)} GB` : `${megabytes} MB`} free at ${root}`;
    const fix = "Make room, or choose another place with CFY_WORKDIR";
    if (megabytes < 50) return fail(told, fix);
    return megabytes < 500 ? warn(told, fix) : ok(told);
  },
});
