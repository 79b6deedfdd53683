import type { FaultLook } from "../context.ts";
import type { OutputStream, Style } from "../io.ts";
import { anyMeasure } from "../output/width.ts";

const STYLES: Readonly<Record<Parameters<FaultLook["paint"]>[1], Style>> = {
  error: "red",
  warning: "yellow",
  place: "bold",
  hint: "cyan",
};

/** How faults look on a stream. */
export async function faultLook({ paint, width }: OutputStream): Promise<FaultLook> {
  return { measure: await anyMeasure(), width, paint: (text, as) => paint(STYLES[as], text) };
}
