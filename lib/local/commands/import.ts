import type { Command } from "../cli";
import { appEnvironment, localDatabase } from "../environment";
import { openHome } from "../home";
import { untilStopped } from "../interrupt";
import { closeStores, ensureDemoWorkspace, prepareStores } from "../prepare";
import { fallSilent } from "../progress";
import { acquireServices } from "../services";

/** Imports into the data of the demo: with the demo's services while it is up, with its own start and stop otherwise. */
export const run: Command = async (args, signal) => {
  const home = openHome("local");
  const services = await acquireServices(home, "npm run import", signal);
  try {
    const url = `http://localhost:${process.env.PORT ?? 3000}`;
    await prepareStores(services, localDatabase, appEnvironment(home, services, url), signal);
    // Only in databases of our own: a given one gets no people whose passwords everybody knows.
    if (services.postgres) await ensureDemoWorkspace(signal);
    const { runImport } = await import("@/lib/import/cli");
    // npm runs commands in the project; the files are named from where the person stands.
    if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
    return await untilStopped(signal, runImport(args));
  } finally {
    // The import's own last line stays the last one.
    fallSilent();
    await closeStores();
    await services.release();
  }
};
