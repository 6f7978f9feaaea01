import "server-only";
import { and, asc, eq } from "drizzle-orm";
import { logIngestLimits } from "@/drizzle/schema/log-ingest-limits";
import { logRedactionRules } from "@/drizzle/schema/log-redaction-rules";
import type { WorkspaceScope } from "@/lib/auth/access";
import { inScope } from "@/lib/db/in-scope";
import { type ArchiveSettings, readArchiveSettings } from "./archive-settings";
import { Redactor } from "./redaction/redactor";

/** Far above what a workspace sends by day; they stop a loop that logs, not a busy evening. */
export const defaultLimits = { bytesPerSecond: 20 * 1024 * 1024, rowsPerSecond: 50_000 };

export interface IngestSettings {
  bytesPerSecond: number;
  rowsPerSecond: number;
  redactor: Redactor;
  /** What an episode begins with that is made now. */
  archiving: ArchiveSettings;
}

/** How long another process goes on by what was valid before. */
const freshMs = 3_000;

interface Held {
  settings: Promise<IngestSettings>;
  until: number;
}

/** On globalThis: a save must be heard by every bundle of this process. */
const holder = globalThis as typeof globalThis & { strataIngestSettings?: Map<string, Held> };

/** What a workspace has said about its ingest. Fails when it cannot be read: nothing is stored by rules unknown. */
export function ingestSettings(scope: WorkspaceScope): Promise<IngestSettings> {
  holder.strataIngestSettings ??= new Map();
  const held = holder.strataIngestSettings.get(scope.workspaceId);
  if (held && held.until > performance.now()) return held.settings;
  const settings = read(scope).then((fresh) => keepingRedactor(fresh, held?.settings));
  holder.strataIngestSettings.set(scope.workspaceId, { settings, until: performance.now() + freshMs });
  settings.catch(() => forgetIngestSettings(scope));
  return settings;
}

/** The rate that holds for a workspace, for its settings page. */
export async function ingestLimits(scope: WorkspaceScope): Promise<typeof defaultLimits> {
  const { bytesPerSecond, rowsPerSecond } = await ingestSettings(scope);
  return { bytesPerSecond, rowsPerSecond };
}

/** After a change, so that it holds from the next batch on. */
export function forgetIngestSettings(scope: WorkspaceScope): void {
  holder.strataIngestSettings?.delete(scope.workspaceId);
}

/** While the rules stay the same, so does the redactor, which remembers the rule that took too long. */
async function keepingRedactor(
  fresh: IngestSettings,
  held?: Promise<IngestSettings>,
): Promise<IngestSettings> {
  const before = await held?.catch(() => undefined);
  return before?.redactor.key === fresh.redactor.key ? { ...fresh, redactor: before.redactor } : fresh;
}

function read(scope: WorkspaceScope): Promise<IngestSettings> {
  return inScope(scope, async (tx) => {
    const [limits] = await tx
      .select({
        bytesPerSecond: logIngestLimits.bytesPerSecond,
        rowsPerSecond: logIngestLimits.rowsPerSecond,
      })
      .from(logIngestLimits)
      .where(eq(logIngestLimits.workspaceId, scope.workspaceId))
      .limit(1);
    const rules = await tx
      .select({
        name: logRedactionRules.name,
        pattern: logRedactionRules.pattern,
        mask: logRedactionRules.mask,
        appliesTo: logRedactionRules.appliesTo,
      })
      .from(logRedactionRules)
      .where(and(eq(logRedactionRules.workspaceId, scope.workspaceId), eq(logRedactionRules.enabled, true)))
      .orderBy(asc(logRedactionRules.position), asc(logRedactionRules.id));
    const archiving = await readArchiveSettings(tx, scope);
    return { ...(limits ?? defaultLimits), redactor: new Redactor(rules), archiving };
  });
}
