import { spawn } from "node:child_process";
import { CFY, type FreshHome, Running } from "./fresh-home.ts";

/** Gives a program a terminal of its own: what is typed comes in by stdin, what is shown goes out by stdout. */
const BRIDGE = `
import fcntl, os, pty, select, struct, sys, termios
columns, lines, *command = sys.argv[1:]
child, terminal = pty.fork()
if child == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", int(lines), int(columns), 0, 0))
    os.execvp(command[0], command)
sources = [terminal, 0]
while True:
    ready = select.select(sources, [], [])[0]
    if 0 in ready:
        typed = os.read(0, 4096)
        if typed: os.write(terminal, typed)
        else: sources.remove(0)
    if terminal in ready:
        try: shown = os.read(terminal, 65536)
        except OSError: shown = b""
        if not shown: break
        os.write(1, shown)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
`;

export interface Size {
  columns: number;
  lines: number;
}

/** `cfy` on a terminal of this size. */
export class Terminal extends Running {
  constructor(home: FreshHome, words: readonly string[], { columns, lines }: Size, env: Record<string, string> = {}) {
    const command = ["-c", BRIDGE, `${columns}`, `${lines}`, process.execPath, CFY, ...words];
    super(spawn("python3", command, { env: home.environment({ TERM: "xterm", ...env }), stdio: "pipe" }));
  }

  type(keys: string): void {
    this.process.stdin?.write(keys);
  }

  /** What was shown, as lines, without colours and the like. */
  get shown(): string[] {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal is told besides text
    return this.stdout.replace(/\u001b(\[[0-9;?]*[A-Za-z]|[=>])/g, "").split(/\r*\n/);
  }
}
