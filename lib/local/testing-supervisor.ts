// For the tests: a command that does nothing but use the services in the folder it is given, until it is stopped.
import { homeIn } from "./home";
import { Interrupted, listenForStop } from "./interrupt";
import { acquireServices } from "./services";

async function main(): Promise<void> {
  const [base = "", engineDir] = process.argv.slice(2);
  const signal = listenForStop();
  const home = homeIn(base, "test");
  if (engineDir) home.engineDir = engineDir;
  const services = await acquireServices(home, "testing-supervisor", signal);
  const { id, where, reused } = services.mongo ?? services.postgres ?? {};
  process.stdout.write(`ready ${JSON.stringify({ pid: id?.pid, where, reused })}\n`);
  await services.watch(signal).catch(() => {});
  await services.release();
}

void main().then(
  () => process.exit(0),
  (error: unknown) => {
    if (!(error instanceof Interrupted)) console.error(error);
    process.exit(1);
  },
);
