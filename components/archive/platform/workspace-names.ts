import type { PlatformArchive } from "@/lib/archive/platform/schema";
import type { Settled } from "@/lib/auth/settle";

/** Names of workspaces by id. Where the workspaces cannot be read, what belongs to them is shown all the same. */
export async function namesOf(archive: Promise<Settled<PlatformArchive>>): Promise<(id: string) => string> {
  const read = await archive;
  const names = new Map(read.ok ? read.value.workspaces.map((one) => [one.workspaceId, one.name]) : []);
  return (id) => names.get(id) ?? id.slice(0, 8);
}
