import { argument, text } from "../../command.ts";

export const siteName = argument({ help: "Name of the site", complete: "site" });

export const locationOption = text({
  flags: ["--location"],
  metavar: "LATITUDE,LONGITUDE",
  help: "Where it is, as 51.5,-0.12",
});
