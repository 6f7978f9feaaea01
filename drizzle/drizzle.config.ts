import { defineConfig } from "drizzle-kit";

// Paths are relative to the project root, where `npm run db:generate` runs.
export default defineConfig({
  dialect: "postgresql",
  schema: "./drizzle/schema/*.ts",
  out: "./drizzle/migrations",
  casing: "snake_case",
  strict: true,
});
