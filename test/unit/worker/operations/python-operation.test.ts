import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isGroupAlive } from "../../../../src/lib/process-alive.ts";
import { anInstance, OperationHarness } from "../operation-harness.ts";

let harness: OperationHarness;
beforeEach(async () => {
  harness = await OperationHarness.make();
});
afterEach(() => harness.remove());

const python = (...lines: string[]) => ({ script_source: ["from cloudify import ctx", ...lines].join("\n") });

describe("a Python script", () => {
  it("has ctx, its inputs and runtime properties", async () => {
    const outcome = await harness.run(
      {
        ...python(
          "from cloudify.state import ctx_parameters as p",
          "ctx.logger.info('hello %s %r' % (p['who'], p.n))",
          "rp = ctx.instance.runtime_properties",
          "rp['nested'] = {'a': [1, None]}",
          "del rp['old']",
          "ctx.returns({'port': ctx.node.properties['port']})",
        ),
        who: "world",
        n: 3,
      },
      { subject: { kind: "node-instance", ...anInstance("web_1", { old: 1 }) } },
    );
    expect(outcome).toEqual({ succeeded: true, result: { port: 80 } });
    expect(harness.logs).toEqual(["info hello world 3"]);
    expect(harness.stored["web_1"]).toEqual({ nested: { a: [1, null] } });
  });

  it("is to be tried again when another operation has changed the same runtime property meanwhile", async () => {
    harness.stored["web_1"] = { count: 5 };
    const outcome = await harness.run(python("ctx.instance.runtime_properties['count'] = 1"));
    expect(outcome).toMatchObject({ succeeded: false, failure: { kind: "recoverable" } });
    expect(harness.stored).toEqual({ web_1: { count: 5 } });
  });

  it("may say itself how its runtime properties are brought together with those of another operation", async () => {
    harness.stored["web_1"] = { members: ["other"] };
    const outcome = await harness.run(
      python(
        "def both(mine, latest):",
        "    return {'members': sorted(set(mine['members'] + latest['members']))}",
        "ctx.instance.runtime_properties['members'] = ['mine']",
        "ctx.instance.update(on_conflict=both)",
      ),
    );
    expect(outcome).toMatchObject({ succeeded: true });
    expect(harness.stored).toEqual({ web_1: { members: ["mine", "other"] } });
  });

  it("falls back to the shell when an inline text is no Python", async () => {
    await harness.run({ script_source: "echo from the shell; exit 0" });
    expect(harness.said).toEqual(["<out> from the shell"]);
  });

  it("logs what it prints", async () => {
    await harness.run(python("import sys", "print('to out')", "sys.stderr.write('to err\\n')"));
    expect(harness.said.sort()).toEqual(["<err> to err", "<out> to out"]);
  });

  it("downloads and renders files of the blueprint", async () => {
    await harness.file("note.txt", "just a note\n");
    await harness.file("page.txt", "x is {{ x }} on {{ ctx.node.id }}\n");
    await harness.run(
      python(
        "ctx.logger.info(repr(ctx.get_resource('note.txt')))",
        "ctx.logger.info(open(ctx.download_resource('note.txt')).read().strip())",
        "ctx.logger.info(repr(ctx.get_resource_and_render('page.txt', template_variables={'x': 7})))",
      ),
    );
    expect(harness.logs.filter((line) => !line.includes("Downloaded"))).toEqual([
      "info b'just a note\\n'",
      "info just a note",
      "info b'x is 7 on web'",
    ]);
  });

  it.each([
    ["raise ValueError('odd value')", { type: "ValueError", kind: "recoverable", message: "odd value" }],
    [
      "ctx.abort_operation('stop here')",
      { type: "NonRecoverableError", kind: "non-recoverable", message: "stop here" },
    ],
    [
      "ctx.operation.retry('not yet', retry_after=1)",
      { kind: "reschedule", retryAfter: 1, message: "not yet [retry_after=1]" },
    ],
    ["ctx.node.properties['x'] = 1", { kind: "non-recoverable", message: "Cannot override read only properties" }],
    [
      "ctx.source",
      {
        kind: "non-recoverable",
        message: expect.stringContaining("ctx.source/ctx.target can only be used in a relationship-instance context"),
      },
    ],
    [
      "ctx.returns({1, 2})",
      { kind: "non-recoverable", message: "Unhandled exception occurred in operation dispatch (rc=1)" },
    ],
    [
      "import os; os._exit(9)",
      { kind: "non-recoverable", message: "Unhandled exception occurred in operation dispatch (rc=9)" },
    ],
  ])("%s decides how it ends", async (line, failure) => {
    expect(await harness.run(python(line))).toMatchObject({ succeeded: false, failure });
  });

  it("keeps its runtime properties when it fails", async () => {
    await harness.run(python("ctx.instance.runtime_properties['step'] = 1", "raise Exception('no')"));
    expect(harness.stored).toEqual({ web_1: { step: 1 } });
  });
});

describe("a Python function", () => {
  it("gets ctx and its inputs, and may ask for another attempt with a delay", async () => {
    await harness.file(
      "my_plugin/tasks.py",
      [
        "from cloudify.decorators import operation",
        "from cloudify.exceptions import RecoverableError",
        "@operation",
        "def work(ctx, tag, **kwargs):",
        "    if tag == 'bad':",
        "        raise RecoverableError('bad tag', retry_after=2)",
        "    return 'did %s on %s' % (tag, ctx.instance.id)",
      ].join("\n"),
    );
    await harness.file("my_plugin/__init__.py", "");
    const functionPath = "my_plugin.tasks.work";
    expect(await harness.run({ tag: "x" }, { functionPath })).toEqual({ succeeded: true, result: "did x on web_1" });
    expect(await harness.run({ tag: "bad" }, { functionPath })).toMatchObject({
      failure: { type: "RecoverableError", kind: "recoverable", retryAfter: 2, message: "bad tag [retry_after=2]" },
    });
    expect(await harness.run({ tag: "x" }, { functionPath, resume: true })).toMatchObject({
      failure: { kind: "non-recoverable", message: "Cannot resume - operation not resumable: my_plugin.tasks.work" },
    });
    expect(await harness.run({}, { functionPath: "my_plugin.tasks.missing" })).toMatchObject({
      failure: { message: "my_plugin.tasks has no function named 'missing' " },
    });
  });
});

describe("what else a plugin imports", () => {
  it("knows the server, the deployment's directory and the plugin's own", async () => {
    const outcome = await harness.run(
      python(
        "import os",
        "from cloudify import utils, constants",
        "open('src.txt', 'w').write('x')",
        "ctx.upload_deployment_file('conf/a.txt', 'src.txt')",
        "ctx.delete_deployment_file('src.txt')",
        "assert ctx.local_deployment_workdir() == os.getcwd() and os.listdir('conf') == ['a.txt']",
        "assert ctx.type == constants.NODE_INSTANCE and ctx.plugin == 'script' and os.path.isdir(ctx.plugin.workdir)",
        "assert utils.get_tenant_name() == ctx.tenant_name and utils.get_execution_id() == 'e1'",
        "ctx.returns([utils.get_rest_token(), utils.get_manager_rest_service_port(), ctx.rest_host])",
      ),
    );
    expect(outcome).toEqual({ succeeded: true, result: ["t", 1, ["127.0.0.1"]] });
  });

  it("refuses to write outside of the deployment's directory", async () => {
    const outcome = await harness.run(python("ctx.delete_deployment_file('../record.jsonl')"));
    expect(outcome).toMatchObject({ failure: { message: "../record.jsonl is outside of the deployment directory" } });
  });

  it("has what related instances have left as capabilities, unless two have it", async () => {
    const relationship = (id: string, port: number) => ({
      type: "app.rel",
      typeHierarchy: ["app.rel"],
      target: anInstance(id, { port, [id]: 1 }),
    });
    const web = anInstance("web_1");
    web.instance.relationships = [relationship("db_1", 1), relationship("db_2", 2)];
    const outcome = await harness.run(
      python(
        "assert ctx.capabilities['db_1'] == 1 and 'port' not in ctx.capabilities",
        "ctx.returns(ctx.capabilities.get_all()['db_2'])",
      ),
      { subject: { kind: "node-instance", ...web } },
    );
    expect(outcome).toEqual({ succeeded: true, result: { port: 2, db_2: 1 } });
  });

  it("runs commands, unpacks archives and makes temporary folders", async () => {
    const outcome = await harness.run(
      python(
        "from cloudify import utils",
        "import os, shutil",
        "folder = utils.create_temp_folder()",
        "open(os.path.join(folder, 'file'), 'w').write('x')",
        "archives = [shutil.make_archive(folder, kind, folder) for kind in ('zip', 'gztar')]",
        "said = utils.LocalCommandRunner().run('echo it works').std_out",
        "ctx.returns([said] + [os.listdir(utils.extract_archive(each)) for each in archives])",
      ),
    );
    expect(outcome).toEqual({ succeeded: true, result: ["it works", ["file"], ["file"]] });
  });
});

describe("the process of Python code", () => {
  it("is its own: nothing of what one operation changes is there for the next", async () => {
    const look =
      "found = (os.environ.get('LEFT'), getattr(json, 'left', None), os.getcwd() == '/', 'helper' in sys.modules)";
    const change = "os.environ['LEFT'] = 'x'; json.left = 1; os.chdir('/'); sys.modules['helper'] = json";
    const run = () => harness.run(python("import json, os, sys", look, change, "ctx.returns(found)"));
    const clean = { succeeded: true, result: [null, null, false, false] };
    expect([await run(), await run()]).toEqual([clean, clean]);
  });

  it("imports the blueprint's modules, whatever they are called", async () => {
    await harness.file("spawner.py", "WORD = 'mine'\n");
    expect(await harness.run(python("import spawner", "ctx.returns(spawner.WORD)"))).toMatchObject({ result: "mine" });
  });

  it("has random numbers of its own", async () => {
    const run = () => harness.run(python("import random", "ctx.returns(random.random())"));
    expect(await run()).not.toEqual(await run());
  });

  it("hears and says as much as it likes", async () => {
    const words = "x".repeat(5_000_000);
    const inputs = { ...python("from cloudify.state import ctx_parameters as p", "ctx.returns(p.words)"), words };
    expect(await harness.run(inputs)).toEqual({ succeeded: true, result: words });
  });

  it("is killed with everything it forked when its time is over", async () => {
    const code = python("import subprocess, time", "subprocess.Popen(['sleep', '60'])", "time.sleep(60)");
    const outcome = await harness.run(code, { timeout: 1 });
    expect(outcome).toMatchObject({ failure: { message: "Process killed due to timeout of 1 seconds" } });
    expect(isGroupAlive(harness.groups[0] ?? 0)).toBe(false);
  });
});
