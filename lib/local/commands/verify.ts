import type { Command } from "../cli";
import { appEnvironment, localDatabase } from "../environment";
import { Failure } from "../failure";
import { openHome } from "../home";
import { untilStopped } from "../interrupt";
import { closeStores, prepareStores } from "../prepare";
import { fallSilent } from "../progress";
import { acquireServices } from "../services";

const usage = "npm run verify -- episode <id> [--workspace <slug>] [--json]";

/** Counts an episode again and reads every object of it; exit status 1 when something is not as it should be. */
export const run: Command = async (args, signal) => {
  const wish = parse(args);
  if (wish.json) fallSilent();
  const home = openHome("local");
  const services = await acquireServices(home, "npm run verify", signal);
  try {
    const url = `http://localhost:${process.env.PORT ?? 3000}`;
    await prepareStores(services, localDatabase, appEnvironment(home, services, url), signal);
    const { verifyFromCommand } = await import("../verify-episode");
    return await untilStopped(signal, verifyFromCommand(wish, signal));
  } finally {
    // The verdict stays the last line.
    fallSilent();
    await closeStores();
    await services.release();
  }
};

export interface VerifyWish {
  episodeId: string;
  workspace: string;
  json: boolean;
}

function parse(args: string[]): VerifyWish {
  const rest = [...args];
  const wish: VerifyWish = { episodeId: "", workspace: "demo", json: false };
  if (rest.shift() !== "episode") throw wrong();
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === "--json") wish.json = true;
    else if (word === "--workspace") wish.workspace = rest.shift() ?? "";
    else if (!word.startsWith("-") && wish.episodeId === "") wish.episodeId = word;
    else throw wrong();
  }
  if (wish.episodeId === "" || wish.workspace === "") throw wrong();
  return wish;
}

function wrong(): Failure {
  return new Failure("This is not a check that can be made.", usage);
}
