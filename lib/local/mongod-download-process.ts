// A process of its own: the package cannot be told to stop, and it prints its progress to standard output.
import { MongoBinary } from "mongodb-memory-server-core";

MongoBinary.getPath({ downloadDir: process.argv[2] }).then(
  (binary) => process.stdout.write(`binary ${binary}\n`),
  (error: unknown) => {
    const lines = error instanceof Error ? error.message.split("\n") : [String(error)];
    process.stdout.write(`failed ${lines.at(-1)?.trim()}\n`);
    process.exitCode = 1;
  },
);
