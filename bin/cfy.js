#!/usr/bin/env node
// Launcher. Everything heavy lives behind the dynamic import.
import("../dist/main.mjs").then(({ main }) => main(process));
