import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { create } from "tar";

/** A folder as the tar.gz that an upload carries, with the folder as its one top directory. */
export async function packFolder(folder: string): Promise<Buffer> {
  const scratch = mkdtempSync(join(tmpdir(), "cfy-pack-"));
  const file = join(scratch, "blueprint.tar.gz");
  await create({ gzip: true, file, cwd: dirname(folder) }, [basename(folder)]);
  const packed = readFileSync(file);
  rmSync(scratch, { recursive: true, force: true });
  return packed;
}

/** The multipart body of a blueprint upload. */
export function uploadBody(
  parameters: Record<string, unknown>,
  archive: Buffer,
): { body: Buffer; contentType: string } {
  const boundary = "----cfy-engine-cases";
  const part = (headers: string, content: Buffer | string) =>
    Buffer.concat([Buffer.from(`--${boundary}\r\n${headers}\r\n\r\n`), Buffer.from(content), Buffer.from("\r\n")]);
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: Buffer.concat([
      part('Content-Disposition: form-data; name="params"', JSON.stringify(parameters)),
      part(
        'Content-Disposition: form-data; name="blueprint_archive"; filename="blueprint.tar.gz"\r\nContent-Type: application/octet-stream',
        archive,
      ),
      Buffer.from(`--${boundary}--\r\n`),
    ]),
  };
}
