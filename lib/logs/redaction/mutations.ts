import "server-only";
import { randomUUID } from "node:crypto";
import { and, asc, eq, max, ne } from "drizzle-orm";
import { logRedactionRules } from "@/drizzle/schema/log-redaction-rules";
import { workspaces } from "@/drizzle/schema/workspaces";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { MutationResult } from "@/lib/auth/action";
import { recordAudit } from "@/lib/db/audit";
import { inScope, type Transaction } from "@/lib/db/in-scope";
import { forgetIngestSettings } from "../ingest-settings";
import { isQuick } from "./probe";
import { mostRules } from "./rule";
import type { DeleteRuleInput, MoveRuleInput, SaveRuleInput, SwitchRuleInput } from "./schema";

const rules = logRedactionRules;
const gone = { ok: false, code: "not_found", message: "This rule is no longer here." } as const;

/** Makes a rule, at the end of the list, or changes one. It holds from the next batch on; what is stored stays as it is. */
export async function saveRedactionRule(
  scope: WorkspaceScope,
  { ruleId, ...fields }: SaveRuleInput,
): Promise<MutationResult> {
  if (!isQuick(fields)) {
    return badField(
      "pattern",
      "This pattern takes too long on some texts. Avoid repetitions inside repetitions.",
    );
  }
  return changing(scope, async (tx, userId) => {
    const others = await tx
      .select({ id: rules.id, name: rules.name })
      .from(rules)
      .where(ruleId ? and(ofWorkspace(scope), ne(rules.id, ruleId)) : ofWorkspace(scope));
    if (others.some(({ name }) => name === fields.name)) {
      return badField("name", "Another rule has this name.");
    }
    if (!ruleId) {
      if (others.length >= mostRules) {
        return { ok: false, code: "conflict", message: `A workspace has ${mostRules} rules at most.` };
      }
      const [last] = await tx
        .select({ at: max(rules.position) })
        .from(rules)
        .where(ofWorkspace(scope));
      const [made] = await tx
        .insert(rules)
        .values({
          ...fields,
          workspaceId: scope.workspaceId,
          position: (last?.at ?? 0) + 1,
          createdBy: userId,
          updatedBy: userId,
        })
        .returning({ id: rules.id });
      if (!made) throw new Error("An insert returned no row");
      await audit(tx, scope, "create_rule", made.id, null, fields);
      return { ok: true, message: `“${fields.name}” masks from now on.` };
    }
    const before = await findRule(tx, scope, ruleId);
    if (!before) return gone;
    await tx
      .update(rules)
      .set({ ...fields, updatedBy: userId })
      .where(ofRule(scope, ruleId));
    const { name, pattern, mask, appliesTo } = before;
    await audit(tx, scope, "change_rule", ruleId, { name, pattern, mask, appliesTo }, fields);
    return { ok: true, message: `“${fields.name}” is changed.` };
  });
}

export function switchRedactionRule(
  scope: WorkspaceScope,
  { ruleId, enabled }: SwitchRuleInput,
): Promise<MutationResult> {
  return changing(scope, async (tx, userId) => {
    const before = await findRule(tx, scope, ruleId);
    if (!before) return gone;
    await tx.update(rules).set({ enabled, updatedBy: userId }).where(ofRule(scope, ruleId));
    const act = enabled ? "enable_rule" : "disable_rule";
    await audit(tx, scope, act, ruleId, { enabled: before.enabled }, { enabled });
    return { ok: true, message: `“${before.name}” is ${enabled ? "on" : "off"}.` };
  });
}

/** Rules are applied one after the other, so their order can matter. */
export function moveRedactionRule(
  scope: WorkspaceScope,
  { ruleId, direction }: MoveRuleInput,
): Promise<MutationResult> {
  return changing(scope, async (tx, userId) => {
    const ordered = await tx
      .select({ id: rules.id })
      .from(rules)
      .where(ofWorkspace(scope))
      .orderBy(asc(rules.position), asc(rules.id));
    const ids = ordered.map(({ id }) => id);
    const from = ids.indexOf(ruleId);
    if (from < 0) return gone;
    const to = Math.min(ids.length - 1, Math.max(0, from + (direction === "up" ? -1 : 1)));
    ids.splice(to, 0, ...ids.splice(from, 1));
    for (const [index, id] of ids.entries()) {
      await tx
        .update(rules)
        .set({ position: index + 1, updatedBy: userId })
        .where(ofRule(scope, id));
    }
    await audit(tx, scope, "move_rule", ruleId, { place: from + 1 }, { place: to + 1 });
    return { ok: true };
  });
}

export function deleteRedactionRule(
  scope: WorkspaceScope,
  { ruleId }: DeleteRuleInput,
): Promise<MutationResult> {
  return changing(scope, async (tx) => {
    const before = await findRule(tx, scope, ruleId);
    if (!before) return gone;
    await tx.delete(rules).where(ofRule(scope, ruleId));
    const { name, pattern, mask, appliesTo, enabled } = before;
    await audit(tx, scope, "delete_rule", ruleId, { name, pattern, mask, appliesTo, enabled }, null);
    return { ok: true, message: `“${name}” is deleted. What it masked stays masked.` };
  });
}

/** One transaction in the name of a person, after which ingest asks for the rules again. */
async function changing(
  scope: WorkspaceScope,
  change: (tx: Transaction, userId: string) => Promise<MutationResult>,
): Promise<MutationResult> {
  const { userId } = scope;
  if (userId === null) return { ok: false, code: "forbidden", message: "Rules are changed by people." };
  const result = await inScope(scope, async (tx) => {
    // One change at a time: names, places and the number of rules are compared with what is there.
    const workspace = eq(workspaces.id, scope.workspaceId);
    await tx.select({ id: workspaces.id }).from(workspaces).where(workspace).for("no key update");
    return change(tx, userId);
  });
  forgetIngestSettings(scope);
  return result;
}

async function findRule(tx: Transaction, scope: WorkspaceScope, ruleId: string) {
  const [rule] = await tx.select().from(rules).where(ofRule(scope, ruleId)).limit(1);
  return rule;
}

function audit(
  tx: Transaction,
  scope: WorkspaceScope,
  act: string,
  ruleId: string,
  before: Record<string, unknown> | null,
  after: Record<string, unknown> | null,
): Promise<void> {
  const entry = { action: `redaction.${act}`, resourceType: "redaction_rule", resourceId: ruleId };
  return recordAudit(tx, scope, { ...entry, before, after, key: randomUUID() });
}

const ofWorkspace = (scope: WorkspaceScope) => eq(rules.workspaceId, scope.workspaceId);
const ofRule = (scope: WorkspaceScope, ruleId: string) => and(ofWorkspace(scope), eq(rules.id, ruleId));

const badField = (field: string, message: string): MutationResult => ({
  ok: false,
  code: "bad_input",
  fields: { [field]: message },
});
