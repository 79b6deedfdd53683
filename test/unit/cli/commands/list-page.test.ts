import { describe, expect, it } from "vitest";
import { cfy, type Ran } from "../../../helpers/cfy.ts";
import { type FakeManager, fakeManager } from "../../../helpers/fake-manager.ts";
import { anEvent, anExecution } from "../../../helpers/resources.ts";

const PAGES = [["E1", "E2"], ["E3", "E4"], ["E5"]];

/** A list of five in pages of two. */
function pagesOf<Row>(path: string, row: (id: string) => Row, query: Record<string, string> = {}): FakeManager {
  return PAGES.reduce(
    (manager, ids, at) => manager.list(path, ids.map(row), { query: { ...query, _offset: `${at * 2}`, _size: "2" } }),
    fakeManager(),
  );
}

const idsIn = ({ stdout }: Ran) => stdout.match(/\bE\d\b/g);

it("a list says how to see the rest of it", async () => {
  const metadata = { pagination: { total: 5, size: 2, offset: 0 } };
  const manager = fakeManager().on("GET /executions", { answer: { items: [anExecution(), anExecution()], metadata } });
  const { stderr } = await cfy("executions list -s 2", { manager });
  expect(stderr).toContain("Showing 2 of 5 executions; --all shows every one\n");
});

describe("--all", () => {
  it.each(["json", "jsonl", "csv", "tsv", "yaml", "id", "table"])(
    "as %s is every page, in one document",
    async (format) => {
      const manager = pagesOf("/executions", (id) => anExecution({ id, workflow_id: "install" }), {
        _sort: "-created_at",
      });
      const ran = await cfy(`executions list --all -s 2 --descending --columns id --output ${format}`, { manager });
      expect(ran.code).toBe(0);
      expect(idsIn(ran)).toEqual(PAGES.flat());
      if (format === "json") expect(JSON.parse(ran.stdout)).toEqual(PAGES.flat().map((id) => ({ id })));
    },
  );

  it("says at the end how many there were", async () => {
    const { stderr } = await cfy("executions list --all -s 2", {
      manager: pagesOf("/executions", (id) => anExecution({ id })),
    });
    expect(stderr).toBe("Listing executions …\nShowing all 5 executions\n");
  });

  it("goes for event lines, too", async () => {
    const manager = pagesOf("/events", (id) => anEvent({ message: id })).on("GET /executions/E0", {
      answer: { id: "E0" },
    });
    expect(idsIn(await cfy("events list E0 --all -s 2", { manager }))).toEqual(PAGES.flat());
  });

  it("asks for a thousand at a time where a list has no size of its own", async () => {
    const manager = fakeManager().list("/execution-groups", [], { query: { _offset: "0", _size: "1000" } });
    expect(await cfy("executions groups list --all --json", { manager })).toMatchObject({
      code: 0,
      stdout: "[\n\n]\n",
    });
  });

  it("writes rows as they come: a page that fails takes none of those before it away", async () => {
    const manager = fakeManager()
      .list("/executions", [anExecution({ id: "E1" }), anExecution({ id: "E2" })], { query: { _offset: "0" } })
      .on("GET /executions", {
        query: { _offset: "2" },
        status: 403,
        answer: { message: "no", error_code: "forbidden_error" },
      });
    const ran = await cfy("executions list --all -s 2 -q --format id", { manager });
    expect(ran).toMatchObject({ code: 4, stdout: "E1\nE2\n" });
  });

  it("asks for no further page after Ctrl-C", async () => {
    const interrupted = new AbortController();
    interrupted.abort("SIGINT");
    const ran = await cfy("executions list --all -q", { manager: fakeManager(), signal: interrupted.signal });
    expect(ran).toMatchObject({ code: 130, stdout: "" });
  });
});

describe("the order of a list", () => {
  it.each([
    ["agents list", "/agents"],
    ["tokens list", "/tokens"],
    ["executions groups list", "/execution-groups"],
    ["deployments groups list", "/deployment-groups"],
    ["deployments modifications list app", "/deployment-modifications"],
  ])("of `%s` is the server's unless a field is named", async (line, path) => {
    const plain = fakeManager().list(path, []);
    expect((await cfy(`${line} --json`, { manager: plain })).code).toBe(0);
    expect(plain.requests[0]?.query.map(([key]) => key)).not.toContain("_sort");
    const sorted = fakeManager().list(path, [], { query: { _sort: "-id" } });
    expect((await cfy(`${line} --json --sort-by id --descending`, { manager: sorted })).code).toBe(0);
    const { code, stderr } = await cfy(`${line} --descending -q`, { manager: fakeManager() });
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining("--sort-by") });
  });
});
