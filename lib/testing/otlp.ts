import protobuf from "protobufjs";

/*
 * OTLP in protobuf, told by the .proto files and encoded by a library: nothing of the decoder under test.
 */

const proto = `
syntax = "proto3";
message ExportLogsServiceRequest { repeated ResourceLogs resource_logs = 1; }
message ResourceLogs { Resource resource = 1; repeated ScopeLogs scope_logs = 2; string schema_url = 3; }
message Resource { repeated KeyValue attributes = 1; uint32 dropped_attributes_count = 2; repeated EntityRef entity_refs = 3; }
message EntityRef { string schema_url = 1; string type = 2; repeated string id_keys = 3; repeated string description_keys = 4; }
message ScopeLogs { InstrumentationScope scope = 1; repeated LogRecord log_records = 2; string schema_url = 3; }
message InstrumentationScope { string name = 1; string version = 2; repeated KeyValue attributes = 3; uint32 dropped_attributes_count = 4; }
message LogRecord {
  fixed64 time_unix_nano = 1; fixed64 observed_time_unix_nano = 11; int32 severity_number = 2; string severity_text = 3;
  AnyValue body = 5; repeated KeyValue attributes = 6; uint32 dropped_attributes_count = 7; fixed32 flags = 8;
  bytes trace_id = 9; bytes span_id = 10; string event_name = 12;
}
message KeyValue { string key = 1; AnyValue value = 2; }
message AnyValue { oneof value {
  string string_value = 1; bool bool_value = 2; int64 int_value = 3; double double_value = 4;
  ArrayValue array_value = 5; KeyValueList kvlist_value = 6; bytes bytes_value = 7;
} }
message ArrayValue { repeated AnyValue values = 1; }
message KeyValueList { repeated KeyValue values = 1; }
message ExportLogsServiceResponse { PartialSuccess partial_success = 1; }
message PartialSuccess { int64 rejected_log_records = 1; string error_message = 2; }
message Status { int32 code = 1; string message = 2; }
`;

const { root } = protobuf.parse(proto);
const requestType = root.lookupType("ExportLogsServiceRequest");
const responseType = root.lookupType("ExportLogsServiceResponse");
const statusType = root.lookupType("Status");

/** A request in the form of OTLP/JSON as protobuf; ids are hex there and bytes here. */
export function otlpProtobuf(request: object): Uint8Array<ArrayBuffer> {
  const text = JSON.stringify(request, (name, value) =>
    name === "traceId" || name === "spanId" ? Buffer.from(value, "hex").toString("base64") : value,
  );
  return Uint8Array.from(requestType.encode(requestType.fromObject(JSON.parse(text))).finish());
}

export const otlpResponse = (body: Uint8Array) =>
  responseType.toObject(responseType.decode(body), { longs: String });
export const otlpStatus = (body: Uint8Array) => statusType.toObject(statusType.decode(body));

export const text = (stringValue: string) => ({ stringValue });
export const attribute = (key: string, value: object) => ({ key, value });

/** A request with one resource, one scope and these records. */
export function requestOf(episodeId: string, logRecords: object[]) {
  const attributes = [attribute("strata.episode", text(episodeId))];
  return { resourceLogs: [{ resource: { attributes }, scopeLogs: [{ logRecords }] }] };
}

/** A request in protobuf in the form of OTLP/JSON, as the library reads it. */
export function otlpDecoded(body: Uint8Array): object {
  return withHexIds(requestType.toObject(requestType.decode(body), { longs: String, bytes: String }));
}

function withHexIds<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  for (const [name, item] of Object.entries(value)) {
    const isId = (name === "traceId" || name === "spanId") && typeof item === "string";
    Object.assign(value, { [name]: isId ? Buffer.from(item, "base64").toString("hex") : withHexIds(item) });
  }
  return value;
}
