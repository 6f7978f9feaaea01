import { z } from "zod";
import { date } from "../bson-schema";
import { type DocumentOf, defineCollection } from "../define";
import { emboflowCollection } from "./emboflow-fields";

/** Container nodes that a project has defined for its own graphs. */
export const customNodes = defineCollection({
  ...emboflowCollection,
  name: "custom_nodes",
  retention: { kind: "forever" },
  schema: z.object({
    _id: z.string(),
    /** What graphs name as `nodeDefinitionId`. */
    definitionId: z.string(),
    workspaceId: z.string(),
    projectId: z.string(),
    name: z.string(),
    slug: z.string(),
    description: z.string(),
    category: z.string(),
    status: z.enum(["draft", "active", "archived"]),
    /** What goes in and comes out; workers check outputs against it. */
    contract: z.object({
      inputs: z.array(z.object({ name: z.string(), type: z.string(), required: z.boolean() })),
      outputs: z.array(z.object({ name: z.string(), type: z.string(), required: z.boolean() })),
      artifactType: z.string().nullable(),
    }),
    /** An image that exists, or the Dockerfile that makes it. */
    source: z.object({
      kind: z.enum(["image", "dockerfile"]),
      image: z.string(),
      dockerfile: z.string().nullable(),
    }),
    createdBy: z.string(),
    createdAt: date(),
    updatedAt: date(),
  }),
  indexes: [
    // one node per slug in a project
    { name: "projectId_1_slug_1", key: { projectId: 1, slug: 1 }, unique: true },
    // the node that a graph names
    { name: "workspaceId_1_definitionId_1", key: { workspaceId: 1, definitionId: 1 }, unique: true },
  ],
});

export type CustomNode = DocumentOf<typeof customNodes>;
