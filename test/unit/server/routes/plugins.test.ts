import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { pluginRoutes } from "../../../../src/server/routes/plugins.ts";
import { ADMIN, aServerOf } from "../../../helpers/server.ts";
import { packedPlugin } from "../../../helpers/wheel.ts";

const SOURCE = "test/compat/engine-cases/plugins/ec-plugin";

function scratch(): string {
  const directory = mkdtempSync(join(tmpdir(), "cfy-plugins-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

const aServer = () => aServerOf(pluginRoutes, ADMIN, scratch());
type Server = Awaited<ReturnType<typeof aServer>>;

const upload = ({ app }: Server, payload: Buffer, query = "visibility=tenant") =>
  app.inject({
    method: "POST",
    url: `/api/v3.1/plugins?${query}`,
    headers: { "content-type": "application/json" },
    payload,
  });

const json = (method: "POST" | "PUT" | "PATCH" | "DELETE", { app }: Server, path: string, payload: object) =>
  app.inject({ method, url: `/api/v3.1/plugins/${path}`, headers: { "content-type": "application/json" }, payload });

const zip = (names: Record<string, string>): Buffer => {
  const directory = scratch();
  const script =
    "import json,sys,zipfile\nwith zipfile.ZipFile('a.zip','w') as z:\n for n,t in json.loads(sys.argv[1]).items(): z.writestr(n,t)";
  execFileSync("python3", ["-c", script, JSON.stringify(names)], { cwd: directory });
  return readFileSync(join(directory, "a.zip"));
};

const WAGON = { package_name: "tool", package_version: "2.1", archive_name: "tool-2.1.wgn", wheels: ["tool.whl"] };

describe("an uploaded plugin", () => {
  it("is what its package says, and is installed only when asked for", async () => {
    const server = await aServer();
    const answer = await upload(server, packedPlugin({ folder: SOURCE, module: "ec_plugin", name: "ec-plugin" }));
    expect(answer.statusCode).toBe(201);
    const plugin = answer.json();
    expect(plugin).toMatchObject({
      package_name: "ec-plugin",
      package_version: "1.0.0",
      archive_name: "ec_plugin-1.0.0-py3-none-any.whl",
      title: "ec-plugin",
      installation_state: [],
      yaml_files_paths: [`plugins/${plugin.id}/plugin.yaml`],
      yaml_url_path: "plugin:ec-plugin?version=1.0.0&distribution=None",
    });
    const asked = await json("POST", server, plugin.id, { action: "install" });
    expect(asked.json().installation_state).toMatchObject([{ state: "pending-install", error: null }]);
  });

  it("gives its archive and its YAML back", async () => {
    const server = await aServer();
    const plugin = (
      await upload(server, packedPlugin({ folder: SOURCE, module: "ec_plugin", name: "ec-plugin" }))
    ).json();
    const yaml = await server.app.inject({ url: `/api/v3.1/plugins/${plugin.id}/yaml?dsl_version=1_5` });
    expect(yaml.payload).toBe(readFileSync(join(SOURCE, "plugin.yaml"), "utf8"));
    const archive = await server.app.inject({ url: `/api/v3.1/plugins/${plugin.id}/archive` });
    expect(archive.headers["content-disposition"]).toBe(`attachment; filename="${plugin.archive_name}"`);
    expect(archive.rawPayload.subarray(0, 2).toString()).toBe("PK");
  });

  it("may be a wagon alone", async () => {
    const answer = await upload(
      await aServer(),
      zip({ "tool/package.json": JSON.stringify(WAGON), "tool/wheels/tool.whl": "" }),
    );
    expect(answer.json()).toMatchObject({ package_name: "tool", archive_name: "tool-2.1.wgn", yaml_files_paths: [] });
  });

  it("is refused when the tenant has the same version already", async () => {
    const server = await aServer();
    const archive = packedPlugin({ folder: SOURCE, module: "ec_plugin", name: "ec-plugin" });
    await upload(server, archive);
    expect((await upload(server, archive)).json()).toMatchObject({ error_code: "conflict_error" });
  });

  it.each([
    ["no package", { "plugin.yaml": "plugins: {}" }, "exactly one plugin package"],
    ["a package without metadata", { "a.wgn": "PK", "plugin.yaml": "{}" }, "cannot be read"],
    ["a path that leads out", { "../a.wgn": "x" }, "invalid relative path"],
  ])("is refused with %s", async (_, names, reason) => {
    const answer = await upload(await aServer(), zip(names));
    expect(answer.json()).toMatchObject({
      error_code: "invalid_plugin_error",
      message: expect.stringContaining(reason),
    });
  });

  it.each(["../../../planted", "/tmp/planted", ".hidden", "..", "a\nb"])(
    "is refused when its wagon wants to be kept as %j",
    async (archive_name) => {
      const wagon = { ...WAGON, archive_name };
      const answer = await upload(
        await aServer(),
        zip({ "tool/package.json": JSON.stringify(wagon), "tool/wheels/tool.whl": "" }),
      );
      expect(answer.json()).toMatchObject({
        error_code: "invalid_plugin_error",
        message: expect.stringContaining("a name that no file can have"),
      });
    },
  );

  it.each([".", ".."])("is refused with the id %s, which is that of a folder", async (id) => {
    const answer = await upload(
      await aServer(),
      zip({ "tool/package.json": JSON.stringify(WAGON), "tool/wheels/tool.whl": "" }),
      `id=${id}`,
    );
    expect(answer.json()).toMatchObject({ error_code: "bad_parameters_error" });
  });

  it("is not deleted while a blueprint needs it, unless by force", async () => {
    const server = await aServer();
    const { id } = (
      await upload(server, packedPlugin({ folder: SOURCE, module: "ec_plugin", name: "ec-plugin" }))
    ).json();
    const needed = { name: "ec", package_name: "ec-plugin", package_version: "1.0.0" };
    await server.database.unitOfWork((tx) =>
      tx.blueprints.insert({
        id: "web",
        tenant_name: "default_tenant",
        visibility: "tenant",
        created_by: "admin",
        created_at: tx.now(),
        updated_at: tx.now(),
        state: "uploaded",
        plan: { deployment_plugins_to_install: [needed] },
      }),
    );
    const refused = await json("DELETE", server, id, { force: false });
    expect(refused.statusCode).toBe(405);
    expect(refused.json()).toMatchObject({ error_code: "plugin_in_use", message: expect.stringContaining("web") });
    expect((await json("DELETE", server, id, { force: true })).statusCode).toBe(204);
  });
});
