import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { DEVIATIONS } from "./deviations.ts";
import { play } from "./wire/play.ts";
import { isLocal, localSessions, playLocally } from "./wire/play-local.ts";
import { profileChangesBefore, readRecordings } from "./wire/recording.ts";
import { unexplained } from "./wire/unexplained.ts";

const inputs = resolve("test/compat/recordings-input");
const recordings = readRecordings(resolve("test/compat/recordings"));

describe("the built cfy talks to a manager as the original does", () => {
  it("is built", () => {
    expect(existsSync("dist/main.cjs"), "run npm run build first").toBe(true);
  });

  it.concurrent.each(
    recordings
      .filter((recording) => !isLocal(recording))
      .map((recording) => [recording.argv.join(" "), recording] as const),
  )("%s", async (_line, recording) => {
    const before = profileChangesBefore(recording, recordings);
    const differences = await play(recording, { inputs, before });
    expect(unexplained(recording, differences).map(({ text }) => text)).toEqual([]);
  });
});

describe("the built cfy does by its own server what the original does without a manager:", () => {
  const sessions = localSessions(recordings);
  it.each(sessions.map((session) => [session.map(({ argv }) => argv.join(" ")).join("; "), session] as const))(
    "%s",
    (_line, session) => {
      for (const [recording, differences] of playLocally(session, inputs)) {
        expect(unexplained(recording, differences).map(({ text }) => `${recording.name}: ${text}`)).toEqual([]);
      }
    },
  );
});

describe("deviations", () => {
  it.each(DEVIATIONS.map((deviation) => [deviation.reason, deviation] as const))("%s", (_reason, { appliesTo }) => {
    expect(recordings.filter(appliesTo).map(({ name }) => name)).not.toEqual([]);
  });
});
