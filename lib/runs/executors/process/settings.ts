import { basename, isAbsolute } from "node:path";
import type { Env } from "@/lib/env";

/** What the operator of a worker allows; nothing of it comes from a workflow. */
export interface ProcessSettings {
  /** Programs by the name a workflow uses. */
  programs: ReadonlyMap<string, string>;
  directory: string;
  /** Variables a workflow may set. */
  variables: ReadonlySet<string>;
}

type Source = Pick<
  Env,
  "STRATA_PROCESS_EXECUTOR" | "STRATA_PROCESS_ALLOW" | "STRATA_PROCESS_DIR" | "STRATA_PROCESS_ENV"
>;

/** Null where processes are not allowed, which is how a worker starts unless it is told otherwise. */
export function processSettings(source: Source): ProcessSettings | null {
  const { STRATA_PROCESS_EXECUTOR: on, STRATA_PROCESS_DIR: directory } = source;
  if (!on || !directory) return null;
  return {
    programs: new Map(listOf(source.STRATA_PROCESS_ALLOW).map(programOf)),
    directory,
    variables: new Set(listOf(source.STRATA_PROCESS_ENV)),
  };
}

function programOf(entry: string): [string, string] {
  const at = entry.indexOf("=");
  const [name, path] = at < 0 ? [basename(entry), entry] : [entry.slice(0, at), entry.slice(at + 1)];
  // A name alone would be looked up in a PATH, where something else may lie tomorrow.
  if (!isAbsolute(path))
    throw new Error(
      `STRATA_PROCESS_ALLOW: ${entry} names no absolute path, as in ${entry}=/usr/bin/${entry}`,
    );
  return [name, path];
}

const listOf = (text: string | undefined) =>
  (text ?? "")
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "");
