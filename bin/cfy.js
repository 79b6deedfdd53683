#!/usr/bin/env node

// Launcher. What is asked for most often is answered before the program is loaded; everything else lies behind the import.
const words = process.argv.slice(2);

if (words.length === 1 && words[0] === "--version" && !talksToManager()) {
  sayAtOnce(`cfy ${require("../package.json").version}\n`);
} else if (words[0] === "__complete") {
  require("../dist/complete.cjs").complete(process, sayAtOnce);
} else {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", endUnheard);
  require("../dist/main.cjs").main(process);
}

/** Opening process.stdout takes an eighth of the time that node needs for an empty program. */
function sayAtOnce(text) {
  try {
    require("node:fs").writeSync(1, text);
  } catch (error) {
    if (error.code === "EAGAIN") process.stdout.write(text);
    else endUnheard(error);
  }
}

/**
 * `cfy … | head -1`: the reader has what it wanted, and there is nobody left to write for. A follow has set its own exit
 * code for that. A full disk is told of.
 */
function endUnheard({ code, message }) {
  if (code === "EPIPE" || code === "ECONNRESET") process.exit();
  try {
    require("node:fs").writeSync(2, `Error: The output cannot be written: ${message}\n`);
  } finally {
    process.exit(1);
  }
}

/** With a manager's profile in use, its version is told, too. */
function talksToManager() {
  const { join } = require("node:path");
  const { CFY_PROFILE, CFY_WORKDIR, HOME } = process.env;
  if (CFY_PROFILE) return CFY_PROFILE !== "local";
  const home = CFY_WORKDIR || HOME || require("node:os").homedir();
  try {
    const active = require("node:fs")
      .readFileSync(join(home, ".cloudify", "active.profile"), "utf8")
      .trim();
    return active !== "" && active !== "local";
  } catch {
    return false;
  }
}
