import "server-only";
import { and, desc, eq, inArray, lt, or, sql } from "drizzle-orm";
import { z } from "zod";
import { auditEntries } from "@/drizzle/schema/audit-entries";
import { users } from "@/drizzle/schema/users";
import type { WorkspaceScope } from "@/lib/auth/access";
import { inScope } from "@/lib/db/in-scope";
import { decodeCursor, encodeCursor, type Page, toPage } from "@/lib/db/page";
import type { AuditArea, AuditEntry } from "./schema";

const cursorParts = z.tuple([z.iso.datetime().transform((text) => new Date(text)), z.uuid()]);
const entriesPerPage = 50;

const actorsOf = { people: ["user", "token", "command"], worker: ["worker"] } as const;

export interface AuditFilter {
  area?: AuditArea | null;
  on?: string | null;
  by?: keyof typeof actorsOf | null;
  cursor?: string | null;
  limit?: number;
}

/** The trail of a workspace, newest first. */
export async function listAudit(
  scope: WorkspaceScope,
  { area, on, by, cursor, limit = entriesPerPage }: AuditFilter,
): Promise<Page<AuditEntry>> {
  const after = decodeCursor(cursor, cursorParts);
  const { createdAt, id } = auditEntries;
  const rows = await inScope(scope, (tx) =>
    tx
      .select({
        id,
        at: createdAt,
        action: auditEntries.action,
        actor: auditEntries.actor,
        person: users.displayName,
        resourceType: auditEntries.resourceType,
        resourceId: auditEntries.resourceId,
        reason: auditEntries.reason,
        before: auditEntries.beforeSummary,
        after: auditEntries.afterSummary,
      })
      .from(auditEntries)
      .leftJoin(users, eq(users.id, auditEntries.actorId))
      .where(
        and(
          eq(auditEntries.workspaceId, scope.workspaceId),
          area ? eq(sql`split_part(${auditEntries.action}, '.', 1)`, area) : undefined,
          on ? eq(auditEntries.resourceId, on) : undefined,
          by ? inArray(auditEntries.actor, actorsOf[by]) : undefined,
          after ? or(lt(createdAt, after[0]), and(eq(createdAt, after[0]), lt(id, after[1]))) : undefined,
        ),
      )
      .orderBy(desc(createdAt), desc(id))
      .limit(limit + 1),
  );
  const page = toPage(rows, limit, (last) => encodeCursor([last.at, last.id]));
  return { ...page, rows: page.rows.map((row) => ({ ...row, at: row.at.toISOString() })) };
}
