import "server-only";
import { parseArgs } from "node:util";
import { scopeForCommand, type WorkspaceScope } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import type { LogImport } from "./logs";
import { showProgress } from "./progress";

const usage = `Usage:
  npm run import -- logs <file.ndjson[.gz]> --episode <id> [--workspace <slug>]
  npm run import -- wfformat <file.json[.gz]> [--workspace <slug>]
  npm run import -- task-logs <file.ndjson[.gz]> --run <id> [--workspace <slug>]
The workspace is "demo" unless you name another one.`;

/**
 * The import command: 0 when all of the input is stored, 1 with one line on standard error otherwise. The last line on
 * standard output says what was in the input.
 */
export async function runImport(args: string[]): Promise<number> {
  try {
    return await dispatch(args);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    console.error(error.message);
    return 1;
  }
}

async function dispatch(args: string[]): Promise<number> {
  const { kind, file, episode, run, workspace } = readArguments(args);
  const scope = await scopeForCommand(workspace);
  if (!scope) throw new AppError("not_found", `--workspace ${workspace}: there is no such workspace.`);
  if (kind === "task-logs") return importLogsOfTasks(scope, file, run);
  return kind === "logs" ? importLogs(scope, file, episode) : importWorkflow(scope, file);
}

async function importLogs(scope: WorkspaceScope, file: string, episode: string): Promise<number> {
  const { importLogFile } = await import("./logs");
  const result = await importLogFile(scope, file, episode, { progressBar: showProgress });
  return tell(file, `accepted ${result.accepted} rows, rejected ${result.rejected}`, result);
}

async function importLogsOfTasks(scope: WorkspaceScope, file: string, run: string): Promise<number> {
  const { importTaskLogs } = await import("./task-logs");
  const result = await importTaskLogs(scope, file, run, { progressBar: showProgress });
  const { accepted, rejected, tasks } = result;
  return tell(file, `accepted ${accepted} rows of ${tasks} tasks, rejected ${rejected}`, result);
}

function tell(file: string, summary: string, { firstRejected, rejectedPath }: LogImport): number {
  console.log(summary);
  if (!firstRejected) return 0;
  const { line, reason } = firstRejected;
  console.error(`${file}, line ${line}: ${reason}. All refused lines are in ${rejectedPath}`);
  return 1;
}

async function importWorkflow(scope: WorkspaceScope, file: string): Promise<number> {
  const { importWfformatFile } = await import("@/lib/import/wfformat");
  const { tasks, edges } = await importWfformatFile(scope, file);
  console.log(`imported ${tasks} tasks, ${edges} edges`);
  return 0;
}

function readArguments(args: string[]) {
  const { values, positionals } = parse(args);
  const [kind, file, ...rest] = positionals;
  if (kind !== "logs" && kind !== "wfformat" && kind !== "task-logs") throw new AppError("bad_input", usage);
  if (!file) throw new AppError("bad_input", `No file is named.\n${usage}`);
  if (rest.length > 0)
    throw new AppError("bad_input", `One file at a time, not also ${rest.join(" ")}\n${usage}`);
  const { episode = "", run = "", workspace } = values;
  if (kind === "logs" && episode === "")
    throw new AppError("bad_input", `--episode <id> is missing.\n${usage}`);
  if (kind === "task-logs" && run === "") throw new AppError("bad_input", `--run <id> is missing.\n${usage}`);
  return { kind, file, episode, run, workspace } as const;
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        episode: { type: "string" },
        run: { type: "string" },
        workspace: { type: "string", default: "demo" },
      },
    });
  } catch (error) {
    throw new AppError("bad_input", `${error instanceof Error ? error.message : error}\n${usage}`);
  }
}
