import { readFileSync } from "node:fs";

/** A fenced block of a document. */
interface Block {
  language: string;
  text: string;
  /** Of its first line. */
  line: number;
}

/** A command of a session, and what the document says that it prints. */
export interface Step {
  command: string;
  output: string[];
}

const blocksOf = (document: string): Block[] =>
  [...document.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(({ 1: language = "", 2: text = "", index }) => ({
    language,
    text,
    line: document.slice(0, index).split("\n").length + 1,
  }));

/** A document that shows parts of files and sessions of commands. */
export class Guide {
  private readonly blocks: Block[];

  constructor(private readonly file: string) {
    this.blocks = blocksOf(readFileSync(file, "utf8"));
  }

  /** The parts of files: their first line is a comment with the file's name. */
  excerpts(): { file: string; text: string; place: string }[] {
    return this.blocks.flatMap(({ text, line }) => {
      const [, file, part] = /^# (examples\/\S+)\n(.*)$/s.exec(text) ?? [];
      return file && part ? [{ file, text: part, place: `${this.file}:${line}` }] : [];
    });
  }

  /** Whether there is a block of a file's language that does not say which file it is from. */
  unnamed(): string[] {
    const named = new Set(this.excerpts().map(({ place }) => place));
    return this.blocks
      .filter(({ language, line }) => /^(yaml|python|bash)$/.test(language) && !named.has(`${this.file}:${line}`))
      .map(({ line }) => `${this.file}:${line}`);
  }

  /** The sessions in the order of the document. */
  steps(): Step[] {
    const lines = this.blocks.filter(({ language }) => language === "console").flatMap(({ text }) => text.split("\n"));
    const steps: Step[] = [];
    for (const line of lines) {
      if (line.startsWith("$ ")) steps.push({ command: line.slice(2), output: [] });
      else if (line.trim() !== "") steps.at(-1)?.output.push(line);
    }
    return steps;
  }
}

/** The lines that were to be printed, in this order, and were not. `…` stands for any text, an instance's id for any. */
export function missingLines(expected: readonly string[], printed: string): string[] {
  const lines = printed.split("\n");
  let from = 0;
  return expected.filter((line) => {
    const found = lines.findIndex((each, index) => index >= from && patternOf(line).test(each));
    if (found >= 0) from = found + 1;
    return found < 0;
  });
}

/** Of the line without its time. */
function patternOf(line: string): RegExp {
  const text = line
    .trim()
    .replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
    .replaceAll("…", ".*")
    .replace(/_[a-z0-9]{6}(?=\b|_)/g, "_[a-z0-9]{6}");
  return new RegExp(`^\\s*(?:[\\d-]{10} [\\d:.]{12} +)?${text}$`);
}
