import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type CustomNode, customNodes } from "@/lib/mongo/collections/custom-nodes";
import { scoped } from "@/lib/mongo/scoped";

const most = 500;
const patience = { maxTimeMS: 5_000 };

/** What a graph of this workspace may name. */
export async function customNodeIds(scope: WorkspaceScope): Promise<Set<string>> {
  const found = await scoped(scope)
    .collection(customNodes)
    .find(
      { status: { $ne: "archived" } },
      { projection: { definitionId: 1 }, sort: { definitionId: 1 }, limit: most, ...patience },
    )
    .toArray();
  return new Set(found.map(({ definitionId }) => definitionId));
}

export type CustomNodeView = Pick<
  CustomNode,
  "definitionId" | "name" | "description" | "category" | "status" | "contract" | "source"
>;

/** The custom nodes of a workspace with their contract and source, by name. */
export async function listCustomNodes(
  scope: WorkspaceScope,
  { definitionIds }: { definitionIds?: readonly string[] } = {},
): Promise<CustomNodeView[]> {
  const found = await scoped(scope)
    .collection(customNodes)
    .find(definitionIds ? { definitionId: { $in: [...definitionIds] } } : {}, {
      sort: { name: 1, _id: 1 },
      limit: most,
      ...patience,
    })
    .toArray();
  return found.map(({ definitionId, name, description, category, status, contract, source }) => ({
    definitionId,
    name,
    description,
    category,
    status,
    contract,
    source,
  }));
}
