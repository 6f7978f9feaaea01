import "server-only";
import { z } from "zod";
import type { WorkspaceScope } from "@/lib/auth/access";
import { namesOf } from "@/lib/db/names";
import { type FailureMark, failureMarks } from "@/lib/mongo/collections/failure-marks";
import { scoped } from "@/lib/mongo/scoped";
import type { Mark } from "./schema";

/** Decisions about these things, by key; the names of who decided come from PostgreSQL. */
export async function marksOf(
  scope: WorkspaceScope,
  subject: FailureMark["subject"],
  keys: string[],
): Promise<Map<string, Mark>> {
  if (keys.length === 0) return new Map();
  const found = await scoped(scope)
    .collection(failureMarks)
    .find({ subject, key: { $in: keys } }, { sort: { key: 1 }, maxTimeMS: 5_000 })
    .toArray();
  // What is no person, such as a token, has no name of its own.
  const people = found.flatMap(({ decidedBy }) => z.uuid().safeParse(decidedBy).data ?? []);
  const names = await namesOf(scope, people);
  return new Map(
    found.map(({ key, decision, reason, decidedBy, decidedAt }) => [
      key,
      { decision, reason, by: names.get(decidedBy) ?? decidedBy, at: decidedAt.toISOString() },
    ]),
  );
}

/** What is ignored stays so; what is resolved does until it happens again. */
export function holds(mark: Mark | undefined, lastAt: Date): mark is Mark {
  if (!mark) return false;
  return mark.decision === "ignored" || lastAt.getTime() <= Date.parse(mark.at);
}
