import { spawn } from "node:child_process";
import stringWidth from "string-width";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, loopback, type Seen } from "../helpers/loopback.ts";
import { anExecution } from "../helpers/resources.ts";
import { CFY, FreshHome, Running } from "./fresh-home.ts";
import { Terminal } from "./terminal.ts";

let home: FreshHome;
beforeAll(() => {
  home = new FreshHome();
});
afterAll(() => home.remove());

const NAMES = [
  "app",
  "デプロイメント",
  "🚀🚀 rocket",
  "cafe\u0301 au lait",
  "a deployment with a very long name indeed",
];
const idOf = (at: number) => `00000000-0000-0000-0000-${String(at).padStart(12, "0")}`;

/** A manager with so many executions, of which it gives as many at a time as it is asked for. */
async function manager(total: number): Promise<Seen[]> {
  const { endpoint, seen } = await loopback(({ query }): Answer => {
    const { _size, _offset } = Object.fromEntries(query);
    const [size, offset] = [Number(_size), Number(_offset)];
    const items = Array.from({ length: Math.min(size, total - offset) }, (_, at) =>
      anExecution({ id: idOf(offset + at), deployment_id: NAMES[at % NAMES.length] ?? "", status: "terminated" }),
    );
    return { json: { items, metadata: { pagination: { total, size, offset }, filtered: null } } };
  });
  home.useManager(endpoint);
  return seen;
}

describe("a list of all there is", () => {
  it("ends asking when the reader has left, without a word", async () => {
    const seen = await manager(1_000_000);
    const line = `"$0" "$1" executions list --all -s 100 --output id -q | head -n 1`;
    const shell = spawn("sh", ["-c", line, process.execPath, CFY], { env: home.environment(), stdio: "pipe" });
    expect(await new Running(shell).ended).toMatchObject({ code: 0, stdout: `${idOf(0)}\n`, stderr: "" });
    expect(seen.length).toBeLessThan(1000);
  });

  it("is asked for no further when less is left", async () => {
    const seen = await manager(1_000_000);
    const list = new Terminal(home, ["events", "list", "E1", "--all", "-s", "100"], { columns: 80, lines: 24 });
    await list.until(":\u001b[K");
    list.type("q");
    expect(await list.ended).toMatchObject({ code: 0 });
    expect(seen.length).toBeLessThan(1000);
  });
});

describe.each([40, 80, 200])("on a terminal of %i columns", (columns) => {
  const lines = { columns, lines: 50 };

  it("a table fits, its borders stand below each other in any script, and no id is cut", async () => {
    await manager(NAMES.length);
    const { code, stdout } = await new Terminal(home, ["executions", "list", "--no-pager"], lines).ended;
    const table = stdout.split("\r\n").filter((line) => /^[|+]/.test(line));
    expect(code).toBe(0);
    expect(table).toHaveLength(NAMES.length + 4);
    const widths = new Set(table.map((line) => stringWidth(line)));
    expect(widths.size).toBe(1);
    // An id and its frame take forty columns.
    expect(Math.max(...widths)).toBeLessThanOrEqual(Math.max(columns, 40));
    for (const at of NAMES.keys()) expect(stdout).toContain(` ${idOf(at)} `);
  });

  it("help stays within it", async () => {
    const { stdout } = await new Terminal(home, ["help", "output", "--no-pager"], lines).ended;
    const widest = Math.max(...stdout.split("\r\n").map(({ length }) => length));
    expect(widest).toBeLessThanOrEqual(columns);
  });
});

it("what is piped holds nothing that colours or moves, whatever the terminal could do", async () => {
  await manager(5);
  for (const format of ["table", "json", "yaml", "csv"]) {
    const { stdout, stderr } = await home.cfy(`executions list --output ${format}`, {
      env: { TERM: "xterm-256color" },
    });
    expect(stdout + stderr).not.toContain("\u001b");
  }
});
