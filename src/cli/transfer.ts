import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import type { DownloadOptions, Progress } from "../client/index.ts";
import type { Context } from "./context.ts";
import { ExitCode } from "./exit-code.ts";
import { StatusLine } from "./follow/status-line.ts";

const BAR_WIDTH = 24;

/** Shows on a terminal how far an upload or download is, for as long as it lasts; `clear` makes room for another line. */
export async function withProgressBar<T>(
  ctx: Context,
  name: string,
  transfer: (progress: Progress, clear: () => void) => Promise<T>,
): Promise<T> {
  const line = new StatusLine(ctx);
  let shown = "";
  try {
    const progress: Progress = (bytes, total) => {
      const text = `${name}  ${progressText(bytes, total)}`;
      if (text !== shown) line.show(text);
      shown = text;
    };
    return await transfer(progress, () => line.clear());
  } finally {
    line.clear();
  }
}

/** `[######······] 50 %  1.2 of 2.4 MB`; without a total only the bytes so far. */
export function progressText(bytes: number, total: number | undefined): string {
  if (!total) return size(bytes);
  const share = Math.min(1, bytes / total);
  const done = Math.floor(share * BAR_WIDTH);
  const bar = `[${"#".repeat(done)}${"·".repeat(BAR_WIDTH - done)}]`;
  return `${bar} ${Math.floor(share * 100)} %  ${size(bytes, total)}`;
}

const UNITS = ["bytes", "kB", "MB", "GB", "TB"] as const;

function size(bytes: number, total = bytes): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, total)) / 3));
  const inUnit = (amount: number): string => (amount / 1000 ** power).toFixed(power === 0 ? 0 : 1);
  return `${total === bytes ? "" : `${inUnit(bytes)} of `}${inUnit(total)} ${UNITS[power]}`;
}

/** Downloads to where `--output-path` says, else under the server's name for it into the working directory. */
export async function saveDownload(
  ctx: Context,
  outputPath: string | undefined,
  download: (options: DownloadOptions) => Promise<string>,
): Promise<ExitCode> {
  const to = outputPath ?? ".";
  await mkdir(to.endsWith("/") ? to : dirname(to), { recursive: true });
  const onResume = (bytes: number, error: Error) => ctx.verbose(1, `${error.message}; going on after ${bytes} bytes`);
  const path = await withProgressBar(ctx, "Downloading", (progress) =>
    download({ to, progress, onResume, signal: ctx.signal }),
  );
  await ctx.output.document({ path }, () => `Saved as ${path}\n`);
  return ExitCode.Ok;
}
