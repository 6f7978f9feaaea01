import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { codeOf } from "./failure";

export const processId = z.object({ pid: z.int(), mark: z.string() });
const port = z.int().min(1).max(65_535);

export const mongoKinds = ["mongod", "download", "documentdb"] as const;
export type MongoKind = (typeof mongoKinds)[number];

const schema = z.object({
  /** Chosen once and kept, so that addresses in a person's tools stay right; replaced only when somebody else has one. */
  ports: z
    .object({
      postgres: port.optional(),
      mongo: port.optional(),
      engine: port.optional(),
      web: port.optional(),
    })
    .default({}),
  postgresPassword: z.string(),
  /** Signs the sessions; kept, so that a restart does not sign everybody out. */
  authSecret: z.string(),
  /** Which server the documents are in. A warm start goes straight to it and never repeats a failed download. */
  mongo: z.object({ kind: z.enum(mongoKinds), binary: z.string().optional() }).optional(),
  mongoProcess: processId.optional(),
});

export type State = z.infer<typeof schema>;
export type ProcessId = z.infer<typeof processId>;

const fileOf = (home: string) => path.join(home, "state.json");

/** What this profile remembers; made anew when there is nothing yet or the file is not one of ours. */
export function readState(home: string): State {
  try {
    return schema.parse(JSON.parse(readFileSync(fileOf(home), "utf8")));
  } catch (error) {
    if (codeOf(error) === "EACCES") throw error;
    const secret = () => randomBytes(32).toString("base64url");
    const fresh: State = { ports: {}, postgresPassword: secret(), authSecret: secret() };
    mkdirSync(home, { recursive: true });
    writeState(home, fresh);
    return fresh;
  }
}

/** Changes what is remembered. Callers hold the profile's lock; the rename keeps a killed writer from leaving half a file. */
export function updateState(home: string, change: Partial<State>): State {
  const state = { ...readState(home), ...change };
  writeState(home, state);
  return state;
}

function writeState(home: string, state: State): void {
  const draft = `${fileOf(home)}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  chmodSync(draft, 0o600);
  renameSync(draft, fileOf(home));
}
