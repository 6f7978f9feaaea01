import type { GraphNode } from "@/lib/mongo/collections/workflows";
import { executorKind, executorNames, nodeKind, type Setting } from "./executor-catalogue";
import { type GraphProblem, type GraphSurroundings, shown } from "./graph-problem";

/** An id becomes part of the ids of tasks and of their logs. */
export const maxIdLength = 200;
export const maxNameLength = 300;
/** Settings travel with every task to whoever runs it. */
export const maxConfigBytes = 64 * 1024;
const customPrefix = "custom:";

/** What is wrong with one node by itself. */
export function checkNode(node: GraphNode, place: string, around: GraphSurroundings): GraphProblem[] {
  return [
    ...checkNames(node, place),
    ...checkSize(node, place),
    ...checkDefinition(node, place, around),
    ...checkExecutor(node, place),
  ];
}

function checkNames({ id, name }: GraphNode, place: string): GraphProblem[] {
  const problems: GraphProblem[] = [];
  const wrong = (field: string, message: string, remedy: string) =>
    problems.push({ code: "bad_id", place: `${place}.${field}`, nodeIds: [id], message, remedy });
  if (id.trim() === "") wrong("id", "This node has no id.", "Give it one that no other node has.");
  if (id.length > maxIdLength)
    wrong("id", `The id ${shown(id)} has ${id.length} characters.`, `Use at most ${maxIdLength}.`);
  if (hasControlCharacter(id))
    wrong("id", `The id ${shown(id)} has a line break or another control character in it.`, "Remove it.");
  if (name.trim() === "") wrong("name", `${shown(id)} has no name.`, "Name it, or use its id as its name.");
  if (name.length > maxNameLength)
    wrong("name", `The name of ${shown(id)} has ${name.length} characters.`, `Use at most ${maxNameLength}.`);
  return problems;
}

function checkSize({ id, executorConfig, codeHookSpec }: GraphNode, place: string): GraphProblem[] {
  return Object.entries({ executorConfig, codeHookSpec }).flatMap(([field, value]) => {
    const bytes = value === undefined ? 0 : JSON.stringify(value).length;
    if (bytes <= maxConfigBytes) return [];
    return [
      {
        code: "too_large",
        place: `${place}.${field}`,
        nodeIds: [id],
        message: `The ${field} of ${shown(id)} has ${bytes.toLocaleString("en")} characters; ${maxConfigBytes.toLocaleString("en")} are the most.`,
        remedy: "Put large inputs into an asset and bind the run to it.",
      },
    ];
  });
}

function checkDefinition(
  { id, nodeDefinitionId }: GraphNode,
  place: string,
  { customNodes }: GraphSurroundings,
): GraphProblem[] {
  if (!customNodes || !nodeDefinitionId.startsWith(customPrefix) || customNodes.has(nodeDefinitionId))
    return [];
  return [
    {
      code: "unknown_definition",
      place: `${place}.nodeDefinitionId`,
      nodeIds: [id],
      message: `${shown(id)} is made by ${shown(nodeDefinitionId)}, and there is no such custom node in this workspace.`,
      remedy: "Name a custom node that exists, or use an executor's own node type.",
    },
  ];
}

function checkExecutor(node: GraphNode, place: string): GraphProblem[] {
  const { id, executorType, nodeType } = node;
  const kind = executorKind(executorType);
  if (!kind) {
    return [
      {
        code: "unknown_executor",
        place: `${place}.executorType`,
        nodeIds: [id],
        message: `${shown(id)} asks for the executor ${shown(executorType)}, which nobody serves.`,
        remedy: `Use one of ${executorNames.join(", ")}.`,
      },
    ];
  }
  const type = nodeKind(executorType, nodeType);
  if (kind.nodeTypes && !type) {
    return [
      {
        code: "unknown_node_type",
        place: `${place}.nodeType`,
        nodeIds: [id],
        message: `${shown(id)} is a ${shown(nodeType)}, which the executor ${executorType} does not know.`,
        remedy: `Use one of ${Object.keys(kind.nodeTypes).sort().join(", ")}.`,
      },
    ];
  }
  return [...kind.settings, ...(type?.settings ?? [])].flatMap((setting) =>
    checkSetting(node, setting, place),
  );
}

function checkSetting({ id, executorConfig }: GraphNode, setting: Setting, place: string): GraphProblem[] {
  const { name, type, required, words } = setting;
  const value = executorConfig?.[name];
  const problem = (message: string): GraphProblem => ({
    code: "missing_setting",
    place: `${place}.executorConfig.${name}`,
    nodeIds: [id],
    message,
    remedy: `Set executorConfig.${name}: ${words}.`,
  });
  if (value === undefined || value === null || value === "")
    return required ? [problem(`${shown(id)} lacks the setting ${name}.`)] : [];
  return isOfType(value, type) ? [] : [problem(`The setting ${name} of ${shown(id)} is not a ${type}.`)];
}

function isOfType(value: unknown, type: Setting["type"]): boolean {
  if (type === "list of strings")
    return Array.isArray(value) && value.every((item) => typeof item === "string");
  if (type === "object") return typeof value === "object" && value !== null && !Array.isArray(value);
  return typeof value === type;
}

function hasControlCharacter(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 32 || code === 127) return true;
  }
  return false;
}
