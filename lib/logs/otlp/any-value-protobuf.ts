import type { ProtobufReader } from "../protobuf-reader";
import {
  arrayValue,
  bytesValue,
  doubleValue,
  emptyValue,
  kvlistValue,
  type OtlpAttribute,
  type OtlpValue,
  textValue,
} from "./model";

/* AnyValue and KeyValue in protobuf; of a value that is set twice the last one counts, as everywhere in protobuf. */

export function readAttribute(message: ProtobufReader): OtlpAttribute {
  const attribute: OtlpAttribute = { key: "", value: emptyValue };
  while (message.next()) {
    if (message.field === 1) attribute.key = message.string();
    else if (message.field === 2) attribute.value = readValue(message.nested());
    else message.skip();
  }
  return attribute;
}

export function readValue(message: ProtobufReader): OtlpValue {
  let value = emptyValue;
  while (message.next()) {
    switch (message.field) {
      case 1:
        value = textValue(message.string());
        break;
      case 2:
        value = { json: String(message.bool()) };
        break;
      case 3:
        value = { json: message.int64().toString() };
        break;
      case 4:
        value = doubleValue(message.double());
        break;
      case 5:
        value = arrayValue(readRepeated(message.nested(), readValue));
        break;
      case 6:
        value = kvlistValue(readRepeated(message.nested(), readAttribute));
        break;
      case 7:
        value = bytesValue(message.bytes());
        break;
      default:
        message.skip();
    }
  }
  return value;
}

/** ArrayValue and KeyValueList: their one field is the list. */
function readRepeated<T>(message: ProtobufReader, read: (item: ProtobufReader) => T): T[] {
  const items: T[] = [];
  while (message.next()) {
    if (message.field === 1) items.push(read(message.nested()));
    else message.skip();
  }
  return items;
}
