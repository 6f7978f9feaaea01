import type { PgConnection } from "./pgwire";
import { EXTENSIONS, SUPPORTED_LINE } from "./settings";
import { EngineError } from "./types";

/** Makes the extensions on a new data directory and brings them up to the unpacked packages on an older one. */
export async function installExtensions(connection: PgConnection, password: string): Promise<void> {
  await checkAvailable(connection);
  for (const extension of EXTENSIONS) {
    await connection.execute(`CREATE EXTENSION IF NOT EXISTS ${extension} CASCADE`);
    await connection.execute(`ALTER EXTENSION ${extension} UPDATE`);
  }
  await letBackgroundRolesIn(connection, password);
}

/** The extension's workers connect under roles of their own, which are made without a password. */
async function letBackgroundRolesIn(connection: PgConnection, password: string): Promise<void> {
  const roles = await connection.query(
    "SELECT rolname FROM pg_authid WHERE rolcanlogin AND rolpassword IS NULL",
  );
  for (const [role] of roles) await connection.execute(`ALTER ROLE "${role}" PASSWORD '${password}'`);
}

async function checkAvailable(connection: PgConnection): Promise<void> {
  const rows = await connection.query("SELECT name, default_version FROM pg_available_extensions");
  const versions = new Map(rows.map(([name, version]) => [String(name), String(version)]));
  for (const extension of EXTENSIONS) requireLine(extension, versions.get(extension));
}

/** What the bridge relies on: the extension's line, and ordered indexes, which have to be on before any index is made. */
export async function checkEngine(connection: PgConnection): Promise<void> {
  const rows = await connection.query("SELECT extname, extversion FROM pg_extension");
  const versions = new Map(rows.map(([name, version]) => [String(name), String(version)]));
  for (const extension of EXTENSIONS) requireLine(extension, versions.get(extension));
  const handler = (
    await connection.query("SHOW documentdb.alternate_index_handler_name")
  )[0]?.[0]?.toString();
  if (handler !== "extended_rum") {
    throw new EngineError("refused", `the engine makes indexes with "${handler}", not with extended_rum`);
  }
}

function requireLine(extension: string, version: string | undefined): void {
  if (version?.startsWith(`${SUPPORTED_LINE}-`) || version?.startsWith(`${SUPPORTED_LINE}.`)) return;
  throw new EngineError(
    "refused",
    `The bridge is written for ${extension} ${SUPPORTED_LINE}; this engine has ${version ?? "none"}. ` +
      "Remove the engine folder to fetch it again, or set MONGODB_URI to a MongoDB server.",
  );
}
