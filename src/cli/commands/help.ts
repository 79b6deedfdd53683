import { argument, command } from "../command.ts";
import { usageError } from "../errors.ts";
import { ExitCode } from "../exit-code.ts";
import { helpPage, pageWidth } from "../help/page.ts";
import { topics } from "../help/topics.ts";
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
  examples: [
    ["cfy help exit-codes", "what the exit codes mean"],
    ["cfy help executions start", "the same as cfy executions start --help"],
  ],
  async run({ io, output }, { subject }) {
    const width = pageWidth(io.stdout.width);
    const topic = topics.find(({ name }) => name === subject.join("-"));
    const text = topic ? topic.text(width) : await commandPage(subject, width);
    await output.document({ subject, text }, () => text);
    return ExitCode.Ok;
  },
});

async function commandPage(words: readonly string[], width: number): Promise<string> {
  const path = [root.name];
  let entry = await loaded(root);
  for (const word of words) {
    if (entry.kind === "command") throw usageError(`${path.join(" ")} has no commands of its own`);
    const names = [...entry.commands, ...(entry === root ? topics : [])].map(({ name }) => name);
    entry = await loaded(namedOrTopic(word, entry.commands, names));
    path.push(entry.name);
  }
  return helpPage(path, entry, width);
}

/** A wrong word may have meant a topic as well as a command. */
function namedOrTopic(word: string, entries: Parameters<typeof entryNamed>[1], names: readonly string[]) {
  try {
    return entryNamed(word, entries);
  } catch {
    throw usageError(`There is no command or topic "${word}"`, { hint: didYouMean(word, names) });
  }
}
