import { argument } from "../../command.ts";

export const tokenId = argument({
  help: "Id of the token: the part between the dashes of ctok-ID-…",
  complete: "token",
});
