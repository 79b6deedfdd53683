import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      // Some run real workers and Python, beside as many other files as there are cores. Only what hangs takes so long.
      { test: { name: "unit", include: ["test/unit/**/*.test.ts"], testTimeout: 120_000, hookTimeout: 120_000 } },
      {
        test: {
          name: "acceptance",
          include: ["test/acceptance/**/*.test.ts", "test/chaos/**/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      { test: { name: "compat", include: ["test/compat/**/*.test.ts"], testTimeout: 300_000, hookTimeout: 120_000 } },
    ],
  },
});
