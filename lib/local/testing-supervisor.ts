// For the tests: a command that does nothing but use the services in the folder it is given, until it is stopped.
import { homeIn } from "./home";
import { Interrupted, listenForStop } from "./interrupt";
import { acquireServices } from "./services";

async function main(): Promise<void> {
  const [base = ""] = process.argv.slice(2);
  const signal = listenForStop();
  const services = await acquireServices(homeIn(base, "test"), "testing-supervisor", signal);
  const { postgres } = services;
  process.stdout.write(
    `ready ${JSON.stringify({ pid: postgres?.id.pid, where: postgres?.where, reused: postgres?.reused })}\n`,
  );
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
