import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";

export async function importRealFiles(
  _scope: WorkspaceScope,
  _dataDir: string,
  _stage: (name: string, work: () => Promise<void>) => Promise<void>,
  _onProgress: (line: string) => void,
): Promise<void> {}
