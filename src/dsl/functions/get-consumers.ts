import { type FunctionDefinition, mustFit } from "./definition.ts";
import { ask, type Scope, scopeError } from "./evaluation.ts";

const ANSWERS = ["ids", "names", "count"];

/** `{get_consumers: ids | names | count}`: the deployments that use this one. */
export const getConsumers: FunctionDefinition = {
  name: "get_consumers",
  kind: "run-time",
  check: (argument, path) => mustFit(isAnswer(argument), "ValueError", "get_consumers", ANSWERS.join(" or "), path),
  *evaluate(argument, scope: Scope) {
    if (!isAnswer(argument)) throw scopeError("ValueError", `get_consumers takes ${ANSWERS.join(" or ")}`, scope);
    const consumers = yield* ask("consumers");
    if (argument === "count") return consumers.length;
    return consumers.map((consumer) => (argument === "ids" ? consumer.id : consumer.name));
  },
};

const isAnswer = (argument: unknown): boolean => typeof argument === "string" && ANSWERS.includes(argument);
