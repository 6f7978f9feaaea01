import { EventEmitter, once } from "node:events";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { POST as postLoki } from "@/app/loki/api/v1/push/route";
import { POST as postOtlp } from "@/app/v1/logs/route";
import { logIngestLimits } from "@/drizzle/schema/log-ingest-limits";
import { inScope } from "@/lib/db/in-scope";
import { testDatabase } from "@/lib/testing/database";
import { type Program, programWith, storedEntries } from "@/lib/testing/doors";
import { newEpisodeId, range } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { attribute, otlpStatus, requestOf, text } from "@/lib/testing/otlp";
import { mostBytesInFlight } from "./admission";
import { maxWholeBodyBytes } from "./read-body";
import { saveRedactionRule } from "./redaction/mutations";

/* What the doors of OpenTelemetry and Loki have in common with the first one: limits, room and masks. */

vi.mock("@/lib/auth/request", () => import("@/lib/testing/request"));
testDatabase();
testMongo();
testObjects();

let program: Program;
beforeEach(async () => {
  program = await programWith("logs:write");
});

type Message = [line: string, labels?: Record<string, string>];

const doors = {
  OpenTelemetry: {
    path: "/v1/logs",
    post: postOtlp,
    body: (episode: string, messages: Message[]) =>
      requestOf(
        episode,
        messages.map(([line, labels = {}]) => ({
          body: text(line),
          attributes: Object.entries(labels).map(([name, value]) => attribute(name, text(value))),
        })),
      ),
  },
  Loki: {
    path: "/loki/api/v1/push",
    post: postLoki,
    body: (episode: string, messages: Message[]) => ({
      streams: [
        {
          stream: { episode },
          values: messages.map(([line, labels = {}]) => ["1680000000123456789", line, labels]),
        },
      ],
    }),
  },
};

describe.each(Object.entries(doors))("the door of %s", (name, { path, post, body }) => {
  const sendBody = (content: BodyInit, headers: Record<string, string> = {}) =>
    post(
      new Request(`http://localhost:3000${path}`, {
        method: "POST",
        body: content,
        headers: { authorization: program.authorization, "content-type": "application/json", ...headers },
        ...(content instanceof ReadableStream && { duplex: "half" }),
      }),
    );
  const send = (episode: string, messages: Message[]) => sendBody(JSON.stringify(body(episode, messages)));

  test("tells a workspace that sends too fast when to come back, and stores nothing of the refused request", async () => {
    const { scope } = program;
    const limits = { workspaceId: scope.workspaceId, bytesPerSecond: 1_000_000_000, rowsPerSecond: 100 };
    await inScope(scope, (tx) => tx.insert(logIngestLimits).values(limits));
    const episode = newEpisodeId("fast");
    // More than the burst: what was let in is stored whole and leaves a debt.
    expect(
      (
        await send(
          episode,
          range(500).map((n) => [`line ${n}`]),
        )
      ).ok,
    ).toBe(true);
    const refused = await send(episode, [["too much"]]);
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toMatch(/^[1-9]\d*$/);
    expect(await refused.text()).toContain("Nothing of this upload was stored");
    expect(await storedEntries(scope, episode)).toHaveLength(500);
  });

  test("turns away what would not fit into memory beside the others, in the middle of it, and gives the room back", async () => {
    const tooMany = Math.floor(mostBytesInFlight / maxWholeBodyBytes) + 1;
    const ends = new EventEmitter();
    const responses = range(tooMany).map(() => sendBody(unended(maxWholeBodyBytes, ends)));
    // The others cannot be answered before their ends have come.
    const refused = await Promise.race(responses);
    expect(refused.status).toBe(503);
    expect(refused.headers.get("retry-after")).toBe("1");
    ends.emit("come");
    // Spaces are no request of any kind.
    const others = (await Promise.all(responses)).filter((response) => response !== refused);
    expect(others.map(({ status }) => status)).toEqual(range(tooMany - 1).map(() => 400));
    expect((await send(newEpisodeId("after"), [["there is room again"]])).ok).toBe(true);
  });

  test("stores what a rule masks nowhere: not in the message, not beside it, not where the text is kept as it came", async () => {
    const { scope } = program;
    const rule = { name: "passwords", pattern: "hunter\\d", mask: "[hidden]", appliesTo: "both" as const };
    await saveRedactionRule(scope, rule);
    const episode = newEpisodeId("masked");
    await send(episode, [
      ["password is hunter2", { plain: "hunter3", $odd: "hunter4", "\ud83d": "hunter5" }],
    ]);
    const [entry] = await storedEntries(scope, episode);
    expect(entry?.message).toBe("password is [hidden]");
    expect(entry?.metadataText).toContain('{"plain":"[hidden]","$odd":"[hidden]","\\ud83d":"[hidden]"}');
    expect(entry?.metadataText).not.toContain("hunter");
  });

  test("answers in its own form", async () => {
    const response = await sendBody("{", name === "Loki" ? {} : { "content-type": "application/x-protobuf" });
    expect(response.status).toBe(400);
    const answer = new Uint8Array(await response.arrayBuffer());
    const message = name === "Loki" ? Buffer.from(answer).toString() : otlpStatus(answer).message;
    expect(message).toMatch(/^The body is no/);
  });
});

/** A body that arrives but for its end, which is there when `ends` says so. */
function unended(bytes: number, ends: EventEmitter): ReadableStream<Uint8Array> {
  const come = once(ends, "come");
  return new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new Uint8Array(bytes).fill(0x20));
    },
    async pull(controller) {
      await come;
      controller.close();
    },
  });
}
