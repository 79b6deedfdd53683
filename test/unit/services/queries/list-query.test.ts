import { describe, expect, it } from "vitest";
import { parseListQuery } from "../../../../src/services/queries/list-query.ts";

const rules = { fields: ["id", "status", "created_at"], words: { status: ["failed", "terminated"] } };
const parse = (query: Record<string, string | string[]>) => parseListQuery(query, rules);

describe("the query of a list", () => {
  it("has a page of a thousand by default", () => {
    expect(parse({})).toEqual({
      filters: {},
      sort: [],
      ranges: [],
      size: 1000,
      offset: 0,
      all: false,
      allTenants: false,
    });
  });

  it("reads what the Python client writes", () => {
    expect(
      parse({
        _all_tenants: "True",
        _size: "5",
        _offset: "10",
        _sort: ["status", "-created_at"],
        _include: "id,status",
        id: ["a", "b"],
      }),
    ).toMatchObject({
      allTenants: true,
      size: 5,
      offset: 10,
      sort: [
        { field: "status", descending: false },
        { field: "created_at", descending: true },
      ],
      include: ["id", "status"],
      filters: { id: ["a", "b"] },
    });
  });

  it("takes half-open ranges of time", () => {
    expect(parse({ _range: "created_at,2026-01-01T00:00:00,2026-01-02T00:00:00.000Z" }).ranges).toEqual([
      { field: "created_at", from: "2026-01-01T00:00:00.000Z", to: "2026-01-02T00:00:00.000Z" },
    ]);
    expect(parse({ _range: "@created_at,,2026-01-02T00:00:00Z" }).ranges).toEqual([
      { field: "created_at", to: "2026-01-02T00:00:00.000Z" },
    ]);
  });

  it.each([
    [{ _size: "-1" }, "ensure this value is greater than or equal to 0"],
    [{ _offset: "x" }, "value is not a valid integer"],
    [
      { _sort: "id,-created_at" },
      "Sort keys '['id,-created_at']' do not exist. Allowed keys are: ['id', 'status', 'created_at']",
    ],
    [{ nosuch: "1" }, "Filter keys '['nosuch']' do not exist. Allowed keys are: ['id', 'status', 'created_at']"],
    [{ status: ["failed", "completed"] }, "Invalid status: completed. Known are: failed, terminated"],
    [{ _all_tenants: "yes" }, "_all_tenants must be <true/false>, got yes"],
    [{ _range: "nosuch,," }, "known field"],
    [{ _range: "created_at,yesterday," }, "is not a time"],
  ])("%j is refused", (query, message) => {
    expect(() => parse(query)).toThrow(
      expect.objectContaining({ code: "bad_parameters_error", message: expect.stringContaining(message) }),
    );
  });

  it("a page that is larger than can be counted is the largest", () => {
    expect(parse({ _size: "99999999999999999999" }).size).toBe(Number.MAX_SAFE_INTEGER);
  });

  it("names the fields that may be included", () => {
    expect(() => parse({ _include: "id,nosuch" })).toThrow(
      expect.objectContaining({
        code: "no_such_include_field_error",
        message: "Include keys '['nosuch']' do not exist. Allowed keys are: ['id', 'status', 'created_at']",
      }),
    );
  });
});
