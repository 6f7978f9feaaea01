import { toJsonText } from "../json-write";

/**
 * A request of OTLP, record by record, the same from JSON and from protobuf. Values are JSON text from here on: it holds
 * every order of keys, repeated keys and 64-bit integers, and `entryOfParts` knows what of it a document can hold.
 */
export interface OtlpItem {
  resource: OtlpResource;
  scopeText: string | null;
  record: OtlpRecord;
}

export interface OtlpResource {
  /** JSON text of what the resource says; null when it says nothing. */
  text: string | null;
  attributes: OtlpAttribute[];
}

export interface OtlpRecord {
  /** Nanoseconds since 1970; 0 when it was not given. */
  timeUnixNano: bigint;
  observedTimeUnixNano: bigint;
  severityNumber: number;
  severityText: string;
  body: OtlpValue | null;
  attributes: OtlpAttribute[];
  droppedAttributesCount: number;
  flags: number;
  /** Lower-case hex; "" when it was not given. */
  traceId: string;
  spanId: string;
  eventName: string;
}

export interface OtlpAttribute {
  key: string;
  value: OtlpValue;
}

/** An AnyValue. Bytes are base64, a double that JSON has no number for is its name (as OpenTelemetry writes them). */
export interface OtlpValue {
  json: string;
  /** Set for a stringValue only: bytes are a JSON string too, but no text. */
  text?: string;
}

export const emptyValue: OtlpValue = { json: "null" };

export const newRecord = (): OtlpRecord => ({
  timeUnixNano: 0n,
  observedTimeUnixNano: 0n,
  severityNumber: 0,
  severityText: "",
  body: null,
  attributes: [],
  droppedAttributesCount: 0,
  flags: 0,
  traceId: "",
  spanId: "",
  eventName: "",
});

export function textValue(text: string): OtlpValue {
  return { json: JSON.stringify(text), text };
}

export function doubleValue(value: number): OtlpValue {
  if (!Number.isFinite(value)) return { json: JSON.stringify(String(value)) };
  // The one double whose text would lose something: String(-0) is "0".
  return { json: Object.is(value, -0) ? "-0" : String(value) };
}

export function bytesValue(bytes: Buffer): OtlpValue {
  return { json: JSON.stringify(bytes.toString("base64")) };
}

export function arrayValue(values: OtlpValue[]): OtlpValue {
  return { json: `[${values.map(({ json }) => json).join(",")}]` };
}

export function kvlistValue(attributes: OtlpAttribute[]): OtlpValue {
  return { json: attributesText(attributes) };
}

export function attributesText(attributes: OtlpAttribute[]): string {
  return `{${attributes.map(({ key, value }) => `${JSON.stringify(key)}:${value.json}`).join(",")}}`;
}

/** JSON text of the members that say something; null when none does. Strings and numbers are values, `json` is text already. */
export function objectText(
  members: Record<string, string | number | bigint | { json: string }>,
): string | null {
  const parts = Object.entries(members)
    .filter(([, value]) => value !== "" && value !== 0 && value !== 0n)
    .map(([name, value]) => `"${name}":${typeof value === "object" ? value.json : toJsonText(value)}`);
  return parts.length > 0 ? `{${parts.join(",")}}` : null;
}

interface EntityRef {
  schemaUrl: string;
  type: string;
  idKeys: OtlpValue[];
  descriptionKeys: OtlpValue[];
}

export function entityRefValue({ schemaUrl, type, idKeys, descriptionKeys }: EntityRef): OtlpValue {
  const members = {
    schemaUrl,
    type,
    idKeys: listMember(idKeys),
    descriptionKeys: listMember(descriptionKeys),
  };
  return { json: objectText(members) ?? "{}" };
}

export function listMember(values: OtlpValue[]): { json: string } | "" {
  return values.length > 0 ? arrayValue(values) : "";
}

/** A member that is left out when there are no attributes. */
export function attributesMember(attributes: OtlpAttribute[]): { json: string } | "" {
  return attributes.length > 0 ? kvlistValue(attributes) : "";
}
