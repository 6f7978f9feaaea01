import "server-only";
import { insertedBesideDuplicates } from "@/lib/mongo/errors";

/* A command to many documents as the store may carry it out: one after the other. */

/** One at a time, in order: what is done stays done when the next one fails. */
export async function eachAlone(
  items: unknown,
  act: (item: unknown) => Promise<unknown>,
): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (const item of listOf(items)) answers.push(await act(item));
  return answers;
}

/** An unordered insert: documents that are there already do not keep the others out, and are reported at the end. */
export async function insertedAlone(
  documents: unknown,
  insert: (document: unknown) => Promise<unknown>,
): Promise<unknown> {
  let insertedCount = 0;
  let failure: unknown = null;
  for (const document of listOf(documents)) {
    try {
      await insert(document);
      insertedCount++;
    } catch (error) {
      if (insertedBesideDuplicates(error) === null) throw error;
      failure = error;
    }
  }
  if (failure !== null) throw failure;
  return { acknowledged: true, insertedCount };
}

export async function idsOf(find: () => Promise<unknown>): Promise<unknown[]> {
  return listOf(await find()).map((found) => Reflect.get(Object(found), "_id"));
}

/** What an update of many answers, from the answers of its parts. */
export function sumOf(
  answers: unknown[],
): Record<"matchedCount" | "modifiedCount" | "upsertedCount", number> {
  const sum = (figure: string) =>
    answers.reduce<number>((all, answer) => all + Number(Reflect.get(Object(answer), figure) ?? 0), 0);
  return {
    matchedCount: sum("matchedCount"),
    modifiedCount: sum("modifiedCount"),
    upsertedCount: sum("upsertedCount"),
  };
}

function listOf(items: unknown): unknown[] {
  if (!Array.isArray(items)) throw new Error("A list was expected");
  return items;
}
