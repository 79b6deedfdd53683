import type { Completer } from "../completion/completer.ts";
import { text } from "../option.ts";

const filterIdOption = (complete: Completer) =>
  text({ flags: ["--filter-id"], metavar: "FILTER", help: "Those that a stored filter lets through", complete });

/** Which of a list: by a stored filter, or by rules about labels and fields. */
export const filterOptions = {
  filterId: filterIdOption("filter"),
  labelsRule: text({
    flags: ["-lr", "--labels-rule"],
    metavar: "RULE",
    multiple: true,
    help: "Those whose labels fit: key=value, key=[a,b], key!=value, key is-not value, key is null, key is not null",
  }),
  attrsRule: text({
    flags: ["-ar", "--attrs-rule"],
    metavar: "RULE",
    multiple: true,
    help: "Those whose fields fit: field=value, field!=value, field contains value, starts-with, ends-with, is not empty",
  }),
};

/** The same for blueprints, whose filters are others. */
export const blueprintFilterOptions = { ...filterOptions, filterId: filterIdOption("blueprint-filter") };
