import { rmSync } from "node:fs";
import path from "node:path";
import { MongoClient } from "mongodb";
import { Client } from "pg";
import { codeOf, Failure, reasonOf } from "./failure";
import type { Home } from "./home";
import type { Services } from "./services";

/** Makes the PostgreSQL database unless it is there; MongoDB makes its own on first use. */
export async function createDatabase(adminUrl: string, name: string): Promise<void> {
  await withClient(adminUrl, async (client) => {
    const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [name]);
    if (rowCount) return;
    await client.query(`create database ${client.escapeIdentifier(name)}`).catch((error: unknown) => {
      // Two commands may start at once.
      if (codeOf(error) !== "42P04" && codeOf(error) !== "23505") throw error;
    });
  });
}

/** Drops the databases and objects of one test run in both stores. */
export async function dropDatabases(home: Home, services: Services, names: string[]): Promise<void> {
  await withClient(services.adminUrl, async (client) => {
    for (const name of names) {
      await client.query(`drop database if exists ${client.escapeIdentifier(name)} with (force)`);
    }
  });
  await withMongo(services.mongoUri, async (client) => {
    for (const name of names) await client.db(name).dropDatabase();
  });
  for (const name of names) rmSync(path.join(home.dir, "objects", name), { recursive: true, force: true });
}

/** What killed test runs left. Only for servers of our own that no other run uses: everything on them is theirs. */
export async function dropLeftovers(home: Home, services: Services): Promise<void> {
  const names = new Set<string>();
  await withClient(services.adminUrl, async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      "select datname from pg_database where not datistemplate and datname <> 'postgres'",
    );
    for (const { datname } of rows) names.add(datname);
  });
  await withMongo(services.mongoUri, async (client) => {
    const { databases } = await client.db("admin").admin().listDatabases({ nameOnly: true });
    for (const { name } of databases) if (!["admin", "config", "local"].includes(name)) names.add(name);
  });
  await dropDatabases(home, services, [...names]);
}

async function withClient(url: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {});
  try {
    await client.connect();
  } catch (error) {
    throw new Failure(
      `PostgreSQL does not answer (${reasonOf(error)}).`,
      "Check DATABASE_URL: server, user, password, database.",
      { cause: error },
    );
  }
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

async function withMongo(uri: string, work: (client: MongoClient) => Promise<void>): Promise<void> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 10_000 });
  try {
    await client.connect();
  } catch (error) {
    throw new Failure(
      `MongoDB does not answer (${reasonOf(error)}).`,
      "Check MONGODB_URI: server, user, password.",
      { cause: error },
    );
  }
  try {
    await work(client);
  } finally {
    await client.close();
  }
}
