/* What the records of a request must come back as, told from the request as an object by rules written here. */

export type Value = Record<string, unknown>;
export interface KeyValue {
  key?: string;
  value?: Value | null;
}
export interface Holder {
  attributes?: KeyValue[];
  [name: string]: unknown;
}
export interface OtlpRequest {
  resourceLogs?: {
    resource?: Holder;
    schemaUrl?: string;
    scopeLogs?: { scope?: Holder; schemaUrl?: string; logRecords?: Holder[] }[];
  }[];
}

interface Row {
  message: string;
  metadataText: string;
  level: string | undefined;
  at: string | undefined;
}

/** Records of a request as rows, in their order. */
export function rowsOf(request: OtlpRequest): Row[] {
  return (request.resourceLogs ?? []).flatMap((of) =>
    (of?.scopeLogs ?? []).flatMap((within) =>
      (within?.logRecords ?? []).map((record) =>
        rowOf(record ?? {}, within.scope, within.schemaUrl, of.resource, of.schemaUrl),
      ),
    ),
  );
}

function rowOf(
  record: Holder,
  scope: Holder | undefined,
  scopeSchema: string | undefined,
  resource: Holder | undefined,
  resourceSchema: string | undefined,
): Row {
  const body = record.body as Value | null | undefined;
  const shown = body ? valueText(body) : "null";
  const isText = typeof body?.stringValue === "string";
  const metadataText = objectOf([
    ["attributes", attributesText(record.attributes)],
    ["traceId", textOf(record.traceId, (id) => id.toLowerCase())],
    ["spanId", textOf(record.spanId, (id) => id.toLowerCase())],
    ["eventName", textOf(record.eventName)],
    ["severityNumber", digits(record.severityNumber)],
    ["severityText", textOf(record.severityText)],
    ["timeUnixNano", digits(record.timeUnixNano)],
    ["observedTimeUnixNano", digits(record.observedTimeUnixNano)],
    ["flags", digits(record.flags)],
    ["droppedAttributesCount", digits(record.droppedAttributesCount)],
    ["body", body && !isText ? shown : null],
    ["scope", holderText(scope, ["name", "version"], scopeSchema)],
    ["resource", holderText(resource, [], resourceSchema)],
  ]);
  const missing = (record.eventName as string) || (attributesText(record.attributes) ?? "{}");
  const message = shown === "null" ? missing : shown.startsWith('"') ? JSON.parse(shown) : shown;
  return { message, metadataText: metadataText ?? "{}", level: levelOf(record), at: timeOf(record) };
}

/** Known for sure only of a record whose number is one of the 24 of OpenTelemetry. */
function levelOf({ severityNumber }: Holder): string | undefined {
  const number = Number(severityNumber ?? 0);
  if (number < 1 || number > 24) return undefined;
  return ["debug", "debug", "info", "warn", "error", "fatal"][Math.ceil(number / 4) - 1];
}

function timeOf({ timeUnixNano }: Holder): string | undefined {
  if (typeof timeUnixNano !== "string" || timeUnixNano === "0") return undefined;
  return new Date(Number(BigInt(timeUnixNano) / 1_000_000n)).toISOString();
}

function holderText(
  holder: Holder | undefined,
  names: string[],
  schemaUrl: string | undefined,
): string | null {
  return objectOf([
    ...names.map((name): Member => [name, textOf(holder?.[name])]),
    ["attributes", attributesText(holder?.attributes)],
    ["droppedAttributesCount", digits(holder?.droppedAttributesCount)],
    ["entityRefs", holder?.entityRefs ? JSON.stringify(holder.entityRefs) : null],
    ["schemaUrl", textOf(schemaUrl)],
  ]);
}

type Member = [name: string, text: string | null];

function objectOf(members: Member[]): string | null {
  const present = members.filter(([, text]) => text !== null);
  return present.length > 0 ? `{${present.map(([name, text]) => `"${name}":${text}`).join(",")}}` : null;
}

function textOf(value: unknown, change = (text: string) => text): string | null {
  return typeof value === "string" && value !== "" ? JSON.stringify(change(value)) : null;
}

function digits(value: unknown): string | null {
  return value === undefined || value === null || Number(value) === 0 ? null : integerText(value);
}

function attributesText(attributes: KeyValue[] | null | undefined): string | null {
  return attributes && attributes.length > 0 ? pairsText(attributes) : null;
}

function pairsText(pairs: (KeyValue | null)[] | null | undefined): string {
  return `{${(pairs ?? []).map((pair) => `${JSON.stringify(pair?.key ?? "")}:${valueText(pair?.value ?? {})}`).join(",")}}`;
}

function valueText(value: Value): string {
  const { stringValue, boolValue, intValue, doubleValue, bytesValue, arrayValue, kvlistValue } = value;
  if (given(stringValue)) return JSON.stringify(stringValue);
  if (given(boolValue)) return String(boolValue);
  if (given(intValue)) return integerText(intValue);
  if (given(doubleValue)) return doubleText(Number(doubleValue));
  if (given(bytesValue)) return JSON.stringify(Buffer.from(String(bytesValue), "base64").toString("base64"));
  const { values } = (arrayValue ?? kvlistValue ?? {}) as { values?: never[] | null };
  if (given(arrayValue)) return `[${(values ?? []).map((each) => valueText(each ?? {})).join(",")}]`;
  return given(kvlistValue) ? pairsText(values) : "null";
}

const given = (value: unknown) => value !== undefined && value !== null;

function integerText(value: unknown): string {
  return typeof value === "number" ? String(BigInt(value)) : String(BigInt(String(value)));
}

function doubleText(value: number): string {
  if (!Number.isFinite(value)) return JSON.stringify(String(value));
  return Object.is(value, -0) ? "-0" : String(value);
}
