import protobuf from "protobufjs";
import { compressSync } from "snappy";

/* A push to Loki in protobuf, told by its .proto file and encoded by libraries: nothing of the decoder under test. */

const proto = `
syntax = "proto3";
message PushRequest { repeated Stream streams = 1; string format = 2; }
message Stream { string labels = 1; repeated Entry entries = 2; uint64 hash = 3; }
message Entry { Timestamp timestamp = 1; string line = 2; repeated Label structured_metadata = 3; repeated Label parsed = 4; }
message Timestamp { int64 seconds = 1; int32 nanos = 2; }
message Label { string name = 1; string value = 2; }
`;

const pushRequest = protobuf.parse(proto).root.lookupType("PushRequest");

export interface LokiPush {
  streams: { stream: Record<string, string>; values: [string, string, Record<string, string>?][] }[];
}

/** The message of a push, before snappy. */
export function lokiMessage({ streams }: LokiPush): Uint8Array {
  const message = {
    streams: streams.map(({ stream, values }) => ({
      labels: labelsText(stream),
      hash: "1234567890123456789",
      entries: values.map(([time, line, structuredMetadata = {}]) => ({
        timestamp: timestampOf(BigInt(time)),
        line,
        structuredMetadata: Object.entries(structuredMetadata).map(([name, value]) => ({ name, value })),
      })),
    })),
  };
  return pushRequest.encode(pushRequest.fromObject(message)).finish();
}

export function lokiProtobuf(push: LokiPush): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(compressSync(lokiMessage(push)));
}

/** As Go's strconv.Quote would write them; JSON escapes the same characters in the same way here. */
function labelsText(labels: Record<string, string>): string {
  return `{${Object.entries(labels)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(", ")}}`;
}

function timestampOf(nanoseconds: bigint): { seconds: string; nanos: number } {
  const nanos = ((nanoseconds % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
  return { seconds: String((nanoseconds - nanos) / 1_000_000_000n), nanos: Number(nanos) };
}

/** The lines of a push, as the library reads them. */
export function lokiDecoded(message: Uint8Array): string[] {
  const { streams = [] } = pushRequest.toObject(pushRequest.decode(message));
  return streams.flatMap(({ entries = [] }: { entries?: { line?: string }[] }) =>
    entries.map(({ line = "" }) => line),
  );
}
