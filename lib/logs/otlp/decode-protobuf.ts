import { AppError } from "@/lib/errors";
import { ProtobufReader } from "../protobuf-reader";
import { readAttribute, readValue } from "./any-value-protobuf";
import {
  attributesMember,
  entityRefValue,
  listMember,
  newRecord,
  type OtlpAttribute,
  type OtlpItem,
  type OtlpRecord,
  type OtlpResource,
  type OtlpValue,
  objectText,
  textValue,
} from "./model";

/*
 * opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest; the field numbers are those of the .proto files.
 * A message is read twice where what comes last says something about what came before.
 */

/** The records of a request, one at a time. Throws an AppError at the first byte that is not part of one. */
export function* decodeProtobuf(body: Buffer): Generator<OtlpItem> {
  const request = new ProtobufReader(body);
  while (request.next()) {
    if (request.field === 1) yield* resourceLogs(request);
    else request.skip();
  }
}

function* resourceLogs(request: ProtobufReader): Generator<OtlpItem> {
  const about = request.nested();
  const groups = about.again();
  let resource = new ProtobufReader(Buffer.alloc(0));
  let schemaUrl = "";
  while (about.next()) {
    if (about.field === 1) resource = about.nested();
    else if (about.field === 3) schemaUrl = about.string();
    else about.skip();
  }
  const read = readResource(resource, schemaUrl);
  while (groups.next()) {
    if (groups.field === 2) yield* scopeLogs(groups.nested(), read);
    else groups.skip();
  }
}

function* scopeLogs(about: ProtobufReader, resource: OtlpResource): Generator<OtlpItem> {
  const records = about.again();
  let scope = new ProtobufReader(Buffer.alloc(0));
  let schemaUrl = "";
  while (about.next()) {
    if (about.field === 1) scope = about.nested();
    else if (about.field === 3) schemaUrl = about.string();
    else about.skip();
  }
  const scopeText = readScope(scope, schemaUrl);
  while (records.next()) {
    if (records.field === 2) yield { resource, scopeText, record: readRecord(records.nested()) };
    else records.skip();
  }
}

function readResource(message: ProtobufReader, schemaUrl: string): OtlpResource {
  const attributes: OtlpAttribute[] = [];
  const entityRefs: OtlpValue[] = [];
  let droppedAttributesCount = 0;
  while (message.next()) {
    if (message.field === 1) attributes.push(readAttribute(message.nested()));
    else if (message.field === 2) droppedAttributesCount = message.uint32();
    else if (message.field === 3) entityRefs.push(readEntityRef(message.nested()));
    else message.skip();
  }
  const text = objectText({
    attributes: attributesMember(attributes),
    droppedAttributesCount,
    entityRefs: listMember(entityRefs),
    schemaUrl,
  });
  return { text, attributes };
}

function readEntityRef(message: ProtobufReader): OtlpValue {
  let schemaUrl = "";
  let type = "";
  const idKeys: OtlpValue[] = [];
  const descriptionKeys: OtlpValue[] = [];
  while (message.next()) {
    if (message.field === 1) schemaUrl = message.string();
    else if (message.field === 2) type = message.string();
    else if (message.field === 3) idKeys.push(textValue(message.string()));
    else if (message.field === 4) descriptionKeys.push(textValue(message.string()));
    else message.skip();
  }
  return entityRefValue({ schemaUrl, type, idKeys, descriptionKeys });
}

function readScope(message: ProtobufReader, schemaUrl: string): string | null {
  const attributes: OtlpAttribute[] = [];
  let name = "";
  let version = "";
  let droppedAttributesCount = 0;
  while (message.next()) {
    if (message.field === 1) name = message.string();
    else if (message.field === 2) version = message.string();
    else if (message.field === 3) attributes.push(readAttribute(message.nested()));
    else if (message.field === 4) droppedAttributesCount = message.uint32();
    else message.skip();
  }
  return objectText({
    name,
    version,
    attributes: attributesMember(attributes),
    droppedAttributesCount,
    schemaUrl,
  });
}

function readRecord(message: ProtobufReader): OtlpRecord {
  const record = newRecord();
  while (message.next()) {
    switch (message.field) {
      case 1:
        record.timeUnixNano = message.fixed64();
        break;
      case 2:
        record.severityNumber = message.int32();
        break;
      case 3:
        record.severityText = message.string();
        break;
      case 5:
        record.body = readValue(message.nested());
        break;
      case 6:
        record.attributes.push(readAttribute(message.nested()));
        break;
      case 7:
        record.droppedAttributesCount = message.uint32();
        break;
      case 8:
        record.flags = message.fixed32();
        break;
      case 9:
        record.traceId = readId(message.bytes(), "trace_id", 16);
        break;
      case 10:
        record.spanId = readId(message.bytes(), "span_id", 8);
        break;
      case 11:
        record.observedTimeUnixNano = message.fixed64();
        break;
      case 12:
        record.eventName = message.string();
        break;
      default:
        message.skip();
    }
  }
  return record;
}

function readId(bytes: Buffer, name: string, length: number): string {
  if (bytes.length !== 0 && bytes.length !== length) {
    throw new AppError("bad_input", `${name} has ${bytes.length} bytes; it must have ${length} or none.`);
  }
  return bytes.toString("hex");
}
