import type { Durability } from "./types";

/** In the order of their dependencies; the extended index method has to be there before the first index is made. */
export const PRELOADED = ["pg_cron", "pg_documentdb_core", "pg_documentdb", "pg_documentdb_extended_rum"];
export const EXTENSIONS = ["documentdb", "documentdb_extended_rum"];
export const SUPPORTED_LINE = "1.0";

/** The settings file of the engine, written anew at each start. The reasons were measured: docs/documentdb.md. */
export function engineSettings({ port, durability }: { port: number; durability: Durability }): string {
  // With synchronous_commit left on, "test" still keeps an acknowledged write through a crash of the engine itself.
  const safe = durability === "crash-safe" ? "on" : "off";
  const settings: Record<string, string> = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: "",
    shared_preload_libraries: PRELOADED.join(","),
    max_connections: "100",
    shared_buffers: "256MB",
    fsync: safe,
    full_page_writes: safe,
    wal_level: "minimal",
    max_wal_senders: "0",
    max_wal_size: "2GB",
    jit: "off",
    log_checkpoints: "off",
    // Without statistics the planner sorts instead of walking an index; a bulk load must not wait a minute for them.
    autovacuum_naptime: "5s",
    autovacuum_analyze_scale_factor: "0.05",
    autovacuum_analyze_threshold: "200",
    // A command of several writes is one transaction here, so two of them can lock each other out. Seen early and
    // thrown (not put among the command's writeErrors), the loser is simply run again by the bridge.
    deadlock_timeout: "100ms",
    "documentdb.throwDeadlockOnCRUD": "on",
    "cron.database_name": "postgres",
    "cron.host": "127.0.0.1",
    "cron.log_run": "off",
    "cron.log_statement": "off",
    "documentdb.localhost_connection_string": "host=127.0.0.1",
    "documentdb.alternate_index_handler_name": "extended_rum",
    "documentdb.useFileBasedPersistedCursors": "on",
    // The engine's default of 60 s would end a cursor whose reader pauses for a minute; MongoDB gives it ten.
    "documentdb.defaultCursorExpiryTimeLimitSeconds": "600",
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value}'`);
  return `# Written at each start of the engine; changes are lost.\n${lines.join("\n")}\n`;
}
