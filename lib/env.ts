import { z } from "zod";

/** A variable that is set to nothing is not set: that is how shells and compose files leave one out. */
const optional = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (value === "" ? undefined : value), schema.optional());

const variables = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
  /** PostgreSQL, the authoritative records. */
  DATABASE_URL: z.string().min(1),
  /** MongoDB, execution data. A replica set or the local document engine: transactions are required. */
  MONGODB_URI: z.string().min(1),
  MONGODB_DATABASE: z.string().min(1).default("strata"),
  /** Where archived chunks lie; without it, the directory when one is given. */
  OBJECT_STORE: optional(z.enum(["directory", "s3"])),
  OBJECT_STORE_DIR: optional(z.string()),
  S3_BUCKET: optional(z.string()),
  /** What every key in the bucket starts with. */
  S3_PREFIX: optional(
    z
      .string()
      .regex(
        /^[A-Za-z0-9_=-][A-Za-z0-9._=-]*(\/[A-Za-z0-9_=-][A-Za-z0-9._=-]*)*\/?$/,
        "a path such as strata/prod",
      ),
  ),
  S3_REGION: optional(z.string()),
  /** A store other than Amazon's. Credentials come from the SDK's own chain. */
  S3_ENDPOINT: optional(z.url()),
  S3_FORCE_PATH_STYLE: optional(z.stringbool()),
  /** `none` for a store that refuses the SHA-256 header of a put. */
  S3_CHECKSUM: optional(z.enum(["sha256", "none"])),
  /** Tasks of runs that one worker process works on at once; 0 for a worker that leaves them to others. */
  STRATA_WORKER_SLOTS: z.preprocess(
    (value) => (value === "" ? undefined : value),
    z.coerce.number().int().min(0).max(256).default(8),
  ),
  /** Hosts that the executor `http` may call although they are not on the public Internet: `name` or `name:port`, by commas. */
  STRATA_HTTP_ALLOW: optional(z.string()),
  /** Lets the executor `process` run commands on the worker's machine. */
  STRATA_PROCESS_EXECUTOR: optional(z.stringbool()),
  /** The programs it may run, by commas: each as `name=/absolute/path`, or a path alone. */
  STRATA_PROCESS_ALLOW: optional(z.string()),
  /** Below this each of them gets a fresh directory. */
  STRATA_PROCESS_DIR: optional(z.string()),
  /** Names of variables that a workflow may set for them, by commas; those that begin with INPUT_ it may set anyway. */
  STRATA_PROCESS_ENV: optional(z.string()),
  /** Signs session cookies; at least 32 characters. */
  NEXTAUTH_SECRET: z.string().min(32),
  /** The address people type; also what the origin check compares with. */
  NEXTAUTH_URL: z.url(),
});

const schema = variables.superRefine((found, context) => {
  const store = found.OBJECT_STORE ?? "directory";
  const missing = (path: string, message: string) =>
    context.addIssue({ code: "custom", path: [path], message });
  if (store === "s3" && !found.S3_BUCKET) missing("S3_BUCKET", "Required by OBJECT_STORE=s3");
  if (store === "directory" && !found.OBJECT_STORE_DIR)
    missing("OBJECT_STORE_DIR", "Required, unless OBJECT_STORE=s3 and S3_BUCKET name a bucket");
  if (found.STRATA_PROCESS_EXECUTOR && !found.STRATA_PROCESS_DIR)
    missing("STRATA_PROCESS_DIR", "Required by STRATA_PROCESS_EXECUTOR");
  if (found.STRATA_PROCESS_EXECUTOR && !found.STRATA_PROCESS_ALLOW)
    missing("STRATA_PROCESS_ALLOW", "Required by STRATA_PROCESS_EXECUTOR: name the programs that may run");
});

export type Env = z.infer<typeof schema>;

let parsed: Env | undefined;

/** The environment, parsed once. */
export function env(): Env {
  parsed ??= readEnv(process.env);
  return parsed;
}

/** Throws an error that names every missing or malformed variable. */
export function readEnv(source: Record<string, string | undefined>): Env {
  const result = schema.safeParse(source);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new Error(
    `The environment is incomplete. See the table in README.md; \`npm run demo\` sets all of it.\n${lines.join("\n")}`,
  );
}
