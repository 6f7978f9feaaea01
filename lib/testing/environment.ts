/**
 * Fills in what a test does not use, so that env() parses: a test that needs PostgreSQL alone can be run with DATABASE_URL alone.
 * The stand-ins answer nowhere; using one by mistake fails at once.
 */
export const noDatabase = "postgres://127.0.0.1:1/none";

const standIns = {
  DATABASE_URL: noDatabase,
  MONGODB_URI: "mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=500",
  OBJECT_STORE_DIR: "/nonexistent",
  NEXTAUTH_SECRET: "a secret for tests and for nothing else",
  NEXTAUTH_URL: "http://localhost:3000",
};

for (const [name, value] of Object.entries(standIns)) process.env[name] ??= value;
