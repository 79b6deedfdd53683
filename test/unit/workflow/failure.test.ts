import { describe, expect, it } from "vitest";
import { failureText, type GraphError } from "../../../src/workflow/failure.ts";

const error = (subject: string, type: string, message: string, traceback: string | null = null): GraphError => ({
  taskId: "t1",
  taskName: subject,
  nodeInstanceId: null,
  subject,
  failure: { type, message, traceback, kind: "recoverable", retryAfter: null, causes: [] },
});

describe("the text of a failed graph", () => {
  it("names the one task that failed, and shows its traceback", () => {
    const traceback = 'Traceback (most recent call last):\n  File "x.py", line 1\nValueError: odd\n';
    expect(failureText([error("run (web_1:create)", "ValueError", "odd", traceback)])).toBe(
      [
        "Task failed: run (web_1:create): ValueError `odd`",
        "Traceback of run (web_1:create) (most recent call last):",
        '  File "x.py", line 1',
        "ValueError: odd",
      ].join("\n"),
    );
  });

  it("lists several, and shows no traceback where there is none", () => {
    expect(failureText([error("run (a:x)", "A", "one"), error("run (b:x)", "B", "two")])).toBe(
      ["2 operation errors:", "run (a:x): A `one`", "run (b:x): B `two`"].join("\n"),
    );
  });

  it("ends after the name when nobody said why", () => {
    expect(failureText([{ ...error("_broken", "", ""), failure: null }])).toBe("Task failed: _broken: ");
  });
});
