import { argument, type Command, command, flag, type Group } from "../command.ts";
import { usageError } from "../errors.ts";
import { ExitCode } from "../exit-code.ts";
import { helpPage, pageWidth } from "../help/page.ts";
import { specOf } from "../help/spec.ts";
import { topics } from "../help/topics.ts";
import type { Output } from "../output/output.ts";
import { entryNamed, loaded } from "../route.ts";
import { didYouMean } from "../suggest.ts";
import { root } from "./index.ts";

/** `cfy help`: the page of a command, or of a topic. */
export const help = command({
  name: "help",
  summary: "Explain a command or a topic",
  description: `Topics: ${topics.map(({ name }) => name).join(", ")}.`,
  addition: true,
  arguments: {
    subject: argument({
      help: "A topic, or the words of a command",
      required: false,
      variadic: true,
      complete: "help-topic",
    }),
  },
  options: {
    man: flag({ flags: ["--man"], help: "As a manual page: of cfy, or of a command of the top level" }),
  },
  examples: [
    ["cfy help exit-codes", "what the exit codes mean"],
    ["cfy help --man executions | man -l -", "the manual page, where the package has installed none"],
    ["cfy help executions start", "the same as cfy executions start --help"],
  ],
  async run({ io, output }, { subject, man }) {
    const width = pageWidth(io.stdout.width);
    const topic = topics.find(({ name }) => name === subject.join("-"));
    if (man) await showText(output, "manual", await manualPage(subject));
    else if (topic) await showText(output, topic.name, topic.text(width));
    else {
      const { path, entry } = await entryAt(subject);
      await output.document(specOf(path, entry), () => helpPage(path, entry, width));
    }
    return ExitCode.Ok;
  },
});

const showText = (output: Output, name: string, text: string): Promise<void> =>
  output.document({ name, text }, () => text);

async function manualPage([word]: readonly string[]): Promise<string> {
  const { entryPage, programPage } = await import("../help/man.ts");
  return word === undefined ? programPage(root) : await entryPage(root, entryNamed(word, root.commands));
}

async function entryAt(words: readonly string[]): Promise<{ path: string[]; entry: Command | Group }> {
  const path = [root.name];
  let entry = await loaded(root);
  for (const word of words) {
    if (entry.kind === "command") throw usageError(`${path.join(" ")} has no commands of its own`);
    const names = [...entry.commands, ...(entry === root ? topics : [])].map(({ name }) => name);
    entry = await loaded(namedOrTopic(word, entry.commands, names));
    path.push(entry.name);
  }
  return { path, entry };
}

/** A wrong word may have meant a topic as well as a command. */
function namedOrTopic(word: string, entries: Parameters<typeof entryNamed>[1], names: readonly string[]) {
  try {
    return entryNamed(word, entries);
  } catch {
    throw usageError(`There is no command or topic "${word}"`, { hint: didYouMean(word, names) });
  }
}
