import type { Tags } from "yaml";

/**
 * One YAML 1.1 document with the booleans of the original's reader: `yes` and `on` are, a lone `y` or `n` is text.
 */
export async function parseYaml11(text: string): Promise<unknown> {
  const { parse } = await import("yaml");
  return parse(text, { version: "1.1", customTags: withoutSingleLetters, merge: true });
}

const withoutSingleLetters = (tags: Tags): Tags =>
  tags.map((tag) => {
    if (typeof tag === "string" || tag.tag !== "tag:yaml.org,2002:bool" || !("test" in tag) || !tag.test) return tag;
    const words = tag.test.test("true")
      ? /^(yes|Yes|YES|true|True|TRUE|on|On|ON)$/
      : /^(no|No|NO|false|False|FALSE|off|Off|OFF)$/;
    return { ...tag, test: words };
  });
