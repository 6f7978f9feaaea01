import type { WorkspaceScope } from "@/lib/auth/access";
import { issueApiToken } from "@/lib/auth/issue-token";
import type { Permission } from "@/lib/auth/roles";
import { fromDocument } from "@/lib/logs/entry-line";
import { getEpisode } from "@/lib/logs/queries";
import { readHotEntries } from "@/lib/logs/read/hot-rows";
import { memberScope } from "./people";

/** A program with a token of its own workspace. */
export interface Program {
  scope: WorkspaceScope;
  authorization: string;
}

export async function programWith(
  permission: Extract<Permission, "logs:write" | "logs:read" | "tasks:work">,
): Promise<Program> {
  const scope = await memberScope("admin");
  const issued = await issueApiToken(scope, { name: "program", scopes: [permission], days: 1 });
  if (!issued.ok) throw new Error(issued.code);
  return { scope, authorization: `Bearer ${issued.token}` };
}

/** What an episode holds, in its order; empty when there is no such episode. */
export async function storedEntries(scope: WorkspaceScope, episodeId: string) {
  const episode = await getEpisode(scope, episodeId);
  if (!episode || episode.total === 0) return [];
  const to = BigInt(episode.nextSequenceNumber) - 1n;
  return (await readHotEntries(scope, episodeId, { from: 0n, to })).map(fromDocument);
}
