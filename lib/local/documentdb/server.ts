/**
 * The bridge in a process of its own:
 *   node --import tsx lib/local/documentdb/server.ts --data-dir <dir> --engine-port <n> --port <n>
 * `--data-dir` is the data directory given to `startEngine`: the engine's password lies there, and a crashed engine is
 * started again from it. Prints one line of JSON, {"port":…,"pid":…}, when it listens; SIGTERM closes it cleanly.
 * Stop the bridge before the engine, or it will take the stop of the engine for a crash.
 */
export {};
