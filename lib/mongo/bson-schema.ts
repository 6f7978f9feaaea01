import { Binary, Long, ObjectId } from "mongodb";
import { z } from "zod";

/** An ObjectId field. */
export const objectId = () =>
  z.custom<ObjectId>((value) => value instanceof ObjectId).meta({ bsonType: "objectId" });

/** Bytes. */
export const binary = () =>
  z.custom<Binary>((value) => value instanceof Binary).meta({ bsonType: "binData" });

/**
 * A 64-bit integer field ("BigInt" in the source documents). It is a `bigint` in our documents: the client reads
 * int64 as bigint, and the driver writes a bigint as int64.
 */
export const int64 = () =>
  z.custom<bigint>((value) => typeof value === "bigint" || Long.isLong(value)).meta({ bsonType: "long" });

/** A 32-bit integer field. */
export const int32 = () => z.int32().meta({ bsonType: "int" });

const numberTypes = ["double", "int", "long"];

/** A number of any BSON kind: durations and measured values that may be whole or not. */
export const number = () => z.number().meta({ bsonType: numberTypes });

/** A date field, stored with millisecond precision. */
export const date = () => z.date().meta({ bsonType: "date" });

/** Any JSON value; what it holds is the producer's business. */
export const json = () =>
  z.unknown().meta({ bsonType: ["object", "array", "string", "bool", "null", ...numberTypes] });

type JsonSchema = { [key: string]: unknown };

const kept = ["bsonType", "enum", "required", "properties", "items", "minimum", "maximum", "minLength"];
const bsonTypeOf: Record<string, string | string[]> = {
  boolean: "bool",
  integer: "int",
  number: numberTypes,
};

/** The `$jsonSchema` validator of a zod object: what the database itself refuses. Unknown fields stay allowed. */
export function toValidator(schema: z.ZodObject): JsonSchema {
  const described = z.toJSONSchema(schema, { unrepresentable: "any", io: "input" }) as JsonSchema;
  return { $jsonSchema: translate(described) };
}

/** JSON Schema as zod writes it -> the subset and the type words MongoDB knows. */
function translate(node: JsonSchema): JsonSchema {
  if (Array.isArray(node.anyOf)) return nullable(node.anyOf);
  const result: JsonSchema = {};
  const { type } = node;
  if (node.bsonType !== undefined) result.bsonType = node.bsonType;
  else if (typeof type === "string") result.bsonType = bsonTypeOf[type] ?? type;
  if ("const" in node) result.enum = [node.const];
  for (const key of kept) {
    const value = node[key];
    if (value === undefined || key === "bsonType") continue;
    if (key === "properties") result.properties = mapValues(value as Record<string, JsonSchema>, translate);
    else if (key === "items") result.items = translate(value as JsonSchema);
    else result[key] = value;
  }
  // The bounds zod adds to int32 repeat what bsonType "int" says.
  if (result.bsonType === "int") for (const bound of ["minimum", "maximum"]) delete result[bound];
  return result;
}

/** "X or null", as one schema: `anyOf` is not known to every engine, a list of types is. */
function nullable(branches: JsonSchema[]): JsonSchema {
  const [value, ...others] = branches.filter((branch) => branch.type !== "null").map(translate);
  if (!value || others.length > 0)
    throw new Error("A stored field is of one kind, or null; model a choice as an enum.");
  const types = Array.isArray(value.bsonType) ? value.bsonType : [value.bsonType];
  const allowed = Array.isArray(value.enum) ? { enum: [...value.enum, null] } : {};
  return { ...value, ...allowed, bsonType: [...types, "null"] };
}

function mapValues<A, B>(source: Record<string, A>, map: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(source).map(([key, value]) => [key, map(value)]));
}
