import { randomBytes } from "node:crypto";

/** An id for a thing that was given none: `snapshot_3fa94c`. */
export const madeUpName = (kind: string): string => `${kind}_${randomBytes(3).toString("hex")}`;
