import { z } from "zod";

const schema = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
  /** PostgreSQL, the authoritative records. */
  DATABASE_URL: z.string().min(1),
  /** MongoDB, execution data. A replica set or the local document engine: transactions are required. */
  MONGODB_URI: z.string().min(1),
  MONGODB_DATABASE: z.string().min(1).default("strata"),
  /** Directory of the embedded object store. */
  OBJECT_STORE_DIR: z.string().min(1),
  /** Signs session cookies; at least 32 characters. */
  NEXTAUTH_SECRET: z.string().min(32),
  /** The address people type; also what the origin check compares with. */
  NEXTAUTH_URL: z.url(),
});

export type Env = z.infer<typeof schema>;

let parsed: Env | undefined;

/** The environment, parsed once; an error names every missing or malformed variable. */
export function env(): Env {
  if (!parsed) {
    const result = schema.safeParse(process.env);
    if (!result.success) {
      const lines = result.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
      throw new Error(
        `The environment is incomplete. See the table in README.md; \`npm run demo\` sets all of it.\n${lines.join("\n")}`,
      );
    }
    parsed = result.data;
  }
  return parsed;
}
