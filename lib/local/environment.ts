import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Home } from "./home";
import type { Services } from "./services";

export type AppEnvironment = Record<
  | "DATABASE_URL"
  | "MONGODB_URI"
  | "MONGODB_DATABASE"
  | "OBJECT_STORE_DIR"
  | "NEXTAUTH_SECRET"
  | "NEXTAUTH_URL",
  string
>;

/** What the console's processes need to know (lib/env.ts); variables given from outside win. */
export function appEnvironment(home: Home, services: Services, url: string): AppEnvironment {
  return {
    DATABASE_URL: process.env.DATABASE_URL || services.postgresUrl(localDatabase),
    MONGODB_URI: services.mongoUri,
    MONGODB_DATABASE: process.env.MONGODB_DATABASE || localDatabase,
    OBJECT_STORE_DIR: process.env.OBJECT_STORE_DIR || path.join(home.dir, "objects"),
    NEXTAUTH_SECRET: services.authSecret,
    NEXTAUTH_URL: process.env.NEXTAUTH_URL || url,
  };
}

/** Of the processes of a demo. Its tasks are played, so they wait more than they work: many have room beside each other. */
export const demoEnvironment = {
  STRATA_DEMO: "1",
  STRATA_WORKER_SLOTS: process.env.STRATA_WORKER_SLOTS || "64",
};

export const localDatabase = "strata";

/** The same for one run of tests: databases of its own that nothing else has ever seen. */
export function testEnvironment(
  home: Home,
  services: Services,
  database: string,
  url: string,
): AppEnvironment & { OBJECT_STORE: "directory" } {
  const objects = path.join(home.dir, "objects", database);
  mkdirSync(objects, { recursive: true });
  return {
    DATABASE_URL: services.postgresUrl(database),
    MONGODB_URI: services.mongoUri,
    MONGODB_DATABASE: database,
    OBJECT_STORE: "directory",
    OBJECT_STORE_DIR: objects,
    NEXTAUTH_SECRET: services.authSecret,
    NEXTAUTH_URL: url,
  };
}
