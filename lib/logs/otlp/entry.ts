import { episodeNameOf } from "../episode-name";
import { foldLevel } from "../fold-level";
import type { LogLevel } from "../level";
import type { NamedParts } from "../parse-line";
import { episodeId as episodeIdSchema } from "../schema";
import type { NamedRecord } from "../store-records";
import {
  attributesMember,
  attributesText,
  type OtlpItem,
  type OtlpRecord,
  type OtlpResource,
  objectText,
} from "./model";

/** A record of OTLP with the place it belongs to; `named` is the episode that the request itself names. */
export function namedRecord(item: OtlpItem, named: string | null): NamedRecord {
  const place = named === null ? episodeOfResource(item.resource) : { episodeId: named };
  return "refused" in place ? place : { ...place, parts: partsOf(item) };
}

/**
 * The resource attribute strata.episode; without it one episode per service: service.namespace and service.name. Instances
 * of a service share it; which one wrote a row is in the row's metadata.
 */
export function episodeOfResource({ attributes }: OtlpResource): { episodeId: string } | { refused: string } {
  const attribute = (key: string) => attributes.findLast((each) => each.key === key)?.value;
  const named = attribute("strata.episode");
  if (named) {
    const parsed = episodeIdSchema.safeParse(named.text);
    if (parsed.success) return { episodeId: parsed.data };
    return { refused: `strata.episode: ${parsed.error.issues[0]?.message}` };
  }
  const namespace = attribute("service.namespace")?.text;
  const service = attribute("service.name")?.text || "unknown_service";
  return { episodeId: episodeNameOf(namespace ? [namespace, service] : [service]) };
}

/** Everything that the record, its scope and its resource say; nothing is left out because it became time or level. */
export function partsOf({ resource, scopeText, record }: OtlpItem): NamedParts {
  const flags: string[] = [];
  const message = messageOf(record, flags);
  const timestamp = timestampOf(record, flags);
  const level = levelOf(record, flags);
  const metadataText = objectText({
    attributes: attributesMember(record.attributes),
    traceId: record.traceId,
    spanId: record.spanId,
    eventName: record.eventName,
    severityNumber: record.severityNumber,
    severityText: record.severityText,
    timeUnixNano: record.timeUnixNano,
    observedTimeUnixNano: record.observedTimeUnixNano,
    flags: record.flags,
    droppedAttributesCount: record.droppedAttributesCount,
    body: record.body && record.body.text === undefined ? record.body : "",
    scope: scopeText === null ? "" : { json: scopeText },
    resource: resource.text === null ? "" : { json: resource.text },
  });
  return { message, metadataText: metadataText ?? "{}", timestamp, level, flags };
}

/** A body that is no text is shown as its JSON; an event without a body by its name, or by its attributes. */
function messageOf({ body, eventName, attributes }: OtlpRecord, flags: string[]): string {
  if (body?.text !== undefined) return body.text;
  if (body !== null && body.json !== "null") {
    // Bytes: their base64, without the quotes it has as JSON.
    return body.json.startsWith('"') ? String(JSON.parse(body.json)) : body.json;
  }
  flags.push("message_missing");
  return eventName || attributesText(attributes);
}

function timestampOf({ timeUnixNano, observedTimeUnixNano }: OtlpRecord, flags: string[]): Date | null {
  const nanoseconds = timeUnixNano || observedTimeUnixNano;
  // 64 bits of nanoseconds end in 2554: every one of them is a date.
  if (nanoseconds > 0n) return new Date(Number(nanoseconds / 1_000_000n));
  flags.push("timestamp_missing");
  return null;
}

function levelOf({ severityNumber, severityText }: OtlpRecord, flags: string[]): LogLevel {
  const level = foldLevel("severityNumber", severityNumber) ?? foldLevel("severityText", severityText);
  if (level) return level;
  flags.push(severityNumber !== 0 || severityText !== "" ? "level_unknown" : "level_missing");
  return "info";
}
