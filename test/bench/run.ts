/** `npm run bench [-- SECTION…]`: start-up, engine, dsl, engine-core; all when none is named. */
const SECTIONS: Record<string, () => Promise<unknown>> = {
  "start-up": async () => (await import("./start-up.ts")).measureStartUp(),
  engine: async () => (await import("./engine.ts")).measureEngine(),
  dsl: async () => (await import("./dsl.ts")).printDsl(),
  "engine-core": async () => (await import("./engine-core.ts")).measureEngineCore(),
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(SECTIONS, name));
if (unknown.length > 0) {
  console.error(`No such section: ${unknown.join(", ")}. There are: ${Object.keys(SECTIONS).join(", ")}`);
  process.exitCode = 2;
} else {
  for (const [name, measure] of Object.entries(SECTIONS)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    console.log(`\n# ${name}`);
    await measure();
  }
}

export {};
