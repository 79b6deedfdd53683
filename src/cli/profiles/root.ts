import { userInfo } from "node:os";
import { resolve } from "node:path";
import type { Env } from "../context.ts";

/** The directory of everything cfy keeps: `$CFY_WORKDIR/.cloudify`, or `.cloudify` in the home directory. */
export const cloudifyRoot = (env: Env): string =>
  resolve(env.CFY_WORKDIR || env.HOME || userInfo().homedir, ".cloudify");
