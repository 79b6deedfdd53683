import { argument, command } from "../command.ts";
import { completionScript, SHELLS } from "../completion/scripts.ts";
import { ExitCode } from "../exit-code.ts";
import { choiceType } from "../value-type.ts";

/** `cfy completion`: the script that teaches a shell to complete. */
export const completion = command({
  name: "completion",
  summary: "Print the script that teaches a shell to complete cfy",
  description: "It completes commands, options, and what the server knows: deployments, their workflows, executions.",
  addition: true,
  arguments: { shell: argument({ help: "bash, zsh or fish", type: choiceType(SHELLS) }) },
  examples: [
    ["source <(cfy completion bash)", "in ~/.bashrc"],
    ["source <(cfy completion zsh)", "in ~/.zshrc"],
    ["cfy completion fish > ~/.config/fish/completions/cfy.fish", "once"],
  ],
  async run({ output }, { shell }) {
    const script = completionScript(shell);
    await output.document({ shell, script }, () => script);
    return ExitCode.Ok;
  },
});
