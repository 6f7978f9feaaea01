import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";

/** Exports that one process streams at a time. Each reads and unpacks as fast as its reader takes it. */
export const mostOfProcess = 4;
/** Of one workspace, so that none keeps the others out. */
export const mostOfWorkspace = 2;
const retryAfterSeconds = 5;

/** On globalThis: every bundle of this process must count together. */
const holder = globalThis as typeof globalThis & { strataExports?: Map<string, number> };

/** Takes a place among the exports under way, and gives what frees it, however often that is called. */
export function takeExportSlot({ workspaceId }: WorkspaceScope): () => void {
  holder.strataExports ??= new Map();
  const running = holder.strataExports;
  const own = running.get(workspaceId) ?? 0;
  if (own >= mostOfWorkspace) throw full(`This workspace has ${own} exports under way here.`);
  const all = [...running.values()].reduce((sum, count) => sum + count, 0);
  if (all >= mostOfProcess) throw full("The server has as many exports under way as it takes.");
  running.set(workspaceId, own + 1);
  let held = true;
  return () => {
    if (!held) return;
    held = false;
    const left = (running.get(workspaceId) ?? 1) - 1;
    if (left > 0) running.set(workspaceId, left);
    else running.delete(workspaceId);
  };
}

function full(why: string): AppError {
  return new AppError(
    "rate_limited",
    `${why} Ask again when one has ended, or let the worker prepare the file in the background.`,
    { retryAfterSeconds },
  );
}
