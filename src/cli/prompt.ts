import { usageError } from "./errors.ts";
import type { Io } from "./io.ts";

export interface Prompt {
  /** True when a person can be asked. */
  readonly possible: boolean;
  /** Yes or no; `otherwise` names the flag that answers it where nobody can be asked. */
  confirm(question: string, otherwise: string): Promise<boolean>;
  /** A line that is not shown while typed. */
  secret(question: string, otherwise: string): Promise<string>;
}

/** Questions go to stderr, so that stdout stays clean; they are asked of a terminal only. */
export function promptOn(io: Io, signal: AbortSignal): Prompt {
  const { stderr } = io;
  // Looked at when somebody is to be asked: touching stdin opens it.
  const possible = (): boolean => stderr.tty && io.stdin.tty;
  const ask = async (question: string, otherwise: string, hidden: boolean): Promise<string> => {
    if (!possible()) {
      throw usageError(`This needs an answer, and there is no terminal to ask: ${question}`, { hint: otherwise });
    }
    stderr.write(`${question} `);
    const answer = await io.stdin.line({ hidden, signal });
    if (hidden || signal.aborted) stderr.write("\n");
    // Ctrl-C is no answer.
    signal.throwIfAborted();
    return answer ?? "";
  };
  return {
    get possible() {
      return possible();
    },
    confirm: async (question, otherwise) => /^y(es)?$/i.test((await ask(`${question} [y/N]`, otherwise, false)).trim()),
    secret: (question, otherwise) => ask(question, otherwise, true),
  };
}
