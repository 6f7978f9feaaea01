import { randomBytes } from "node:crypto";
import { inspect } from "node:util";
import { ListMultipartUploadsCommand } from "@aws-sdk/client-s3";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { describeWithS3, impatient, newBucket, s3Client, s3StoreAt, testS3 } from "@/lib/testing/s3";
import { takeStoreErrors } from "./error-counts";
import type { Fault } from "./fault-kinds";
import { type FaultProxy, openFaultProxy } from "./fault-proxy";
import type { S3Store } from "./s3";

describeWithS3("S3 through a faulty network", () => {
  const server = testS3();
  const body = randomBytes(30_000);
  const key = "k=1/o";
  let proxy: FaultProxy;
  let bucket = "";
  let store: S3Store;
  /** The same bucket, looked at past the proxy. */
  let direct: S3Store;
  /** For stalls: gives an attempt up soon. */
  let hasty: S3Store;

  beforeAll(async () => {
    proxy = await openFaultProxy(server.endpoint);
  });
  afterAll(() => proxy.close());
  beforeEach(async () => {
    bucket = await newBucket(server.endpoint);
    store = s3StoreAt(proxy.endpoint, bucket);
    hasty = s3StoreAt(proxy.endpoint, bucket, { patience: { ...impatient, stallMs: 1_500 } });
    direct = s3StoreAt(server.endpoint, bucket);
    proxy.requests.length = 0;
    takeStoreErrors();
  });
  afterEach(() => proxy.heal());

  const tried = () => proxy.requests.filter(({ fault }) => fault).length;
  const clientFor = ({ kind }: Fault) => (kind === "stall" ? hasty : store);
  const counted = () =>
    Object.fromEntries([...takeStoreErrors()].map(([kind, { requests }]) => [kind, requests]));

  describe("the store is down, or refuses (F12)", () => {
    test.each([
      ["500", { kind: "status", status: 500 }, "server"],
      ["503 SlowDown", { kind: "status", status: 503 }, "throttled"],
      ["a reset before the request", { kind: "reset", at: "request" }, "connection"],
      ["a reset in the middle of the upload", { kind: "reset", at: "upload" }, "connection"],
      ["a stall", { kind: "stall", ms: 60_000 }, "timeout"],
    ] as const)("%s passes: the put is repeated, and counted", async (_, fault, kind) => {
      proxy.fault(fault, { operation: "PutObject", times: 2 });
      expect(await clientFor(fault).put(key, body)).toBe("created");
      expect(await direct.get(key)).toEqual(body);
      expect(counted()).toEqual({ [kind]: 2 });
    });

    test.each([
      ["500", { kind: "status", status: 500 }, "fails \\(500\\)"],
      ["503 SlowDown", { kind: "status", status: 503 }, "is asked for too much \\(503\\)"],
      ["resets", { kind: "reset", at: "request" }, "cannot be reached, or breaks off"],
      ["a stall", { kind: "stall", ms: 60_000 }, "does not answer in time"],
    ] as const)("%s that lasts ends in a sentence, and nothing was written", async (_, fault, words) => {
      proxy.fault(fault, { times: 100 });
      const client = clientFor(fault);
      await expect(client.put(key, body)).rejects.toMatchObject({
        code: "unavailable",
        message: expect.stringMatching(
          new RegExp(`s3://${bucket} ${words}.*s3:PutObject failed in 3 attempts.*Nothing was deleted`),
        ),
      });
      await expect(client.get(key)).rejects.toMatchObject({ code: "unavailable" });
      expect(tried()).toBe(2 * impatient.attempts);
      expect(await direct.head(key)).toBeNull();
    });

    test("a server that is not there at all is told as such", async () => {
      const nowhere = s3StoreAt("http://127.0.0.1:1", bucket);
      await expect(nowhere.head(key)).rejects.toThrow(/cannot be reached/);
    });

    test("a refusal names the bucket and the missing right, is not repeated, and carries no word of the store's", async () => {
      proxy.fault({ kind: "status", status: 403 }, { times: 100 });
      const attempts: [() => Promise<unknown>, string][] = [
        [() => store.put(key, body), "s3:PutObject"],
        [() => store.get(key), "s3:GetObject"],
        [() => store.delete(key), "s3:DeleteObject"],
        [() => store.list("").next(), "s3:ListBucket"],
      ];
      for (const [attempt, right] of attempts) {
        const failure: unknown = await attempt().catch((error: unknown) => error);
        expect(failure).toMatchObject({ code: "unavailable" });
        expect(String(failure)).toContain(`refuses ${right} (403)`);
        expect(String(failure)).toContain(`bucket ${bucket}`);
        expect(String(failure)).not.toMatch(/a fault of the proxy|AccessDenied/);
        // What a log prints of it: the store's words, and nothing of the request, which carries credentials.
        expect(inspect(failure, { depth: 10 })).toMatch(/AccessDenied: a fault of the proxy/);
        expect(inspect(failure, { depth: 10, showHidden: true })).not.toMatch(/authorization|Signature/i);
      }
      expect(tried()).toBe(4);
      expect(counted()).toEqual({ refused: 4 });
    });

    test("a read that is called off during a stall ends at once", async () => {
      await direct.put(key, body);
      proxy.fault({ kind: "stall", ms: 60_000 }, { times: 100 });
      const stop = new AbortController();
      const read = store.get(key, undefined, { signal: stop.signal });
      await expect.poll(() => proxy.requests.length).toBe(1);
      stop.abort(new Error("nobody wants it"));
      await expect(read).rejects.toThrow("nobody wants it");
      expect(proxy.requests).toHaveLength(1);
      expect(counted()).toEqual({});
    });
  });

  describe("a put is acknowledged and its bytes are others (F13)", () => {
    test.each(["truncate", "empty", "zero", "flip"] as const)(
      "%s: reading it back shows what is there, not what was sent",
      async (how) => {
        proxy.fault({ kind: "spoil", where: "sent", how }, { operation: "PutObject" });
        expect(await store.put(key, body)).toBe("created");
        const stored = await store.get(key);
        expect(stored).toEqual(await direct.get(key));
        expect(stored?.equals(body)).toBe(false);
      },
    );

    test("a store that compares the checksum refuses them, and the put is repeated", async () => {
      proxy.fault({ kind: "status", status: 400, code: "BadDigest" }, { operation: "PutObject" });
      expect(await store.put(key, body)).toBe("created");
      expect(await direct.get(key)).toEqual(body);
      expect(counted()).toEqual({ damaged: 1 });
    });
  });

  describe("a put succeeds and its answer is lost (F14)", () => {
    test("the repetition says that the object exists, and it is whole", async () => {
      proxy.fault({ kind: "reset", at: "answer" }, { operation: "PutObject" });
      expect(await store.put(key, body)).toBe("exists");
      expect(proxy.requests.map(({ operation }) => operation)).toEqual(["PutObject", "PutObject"]);
      expect(await direct.get(key)).toEqual(body);
    });

    test("the same for an object in parts", async () => {
      const large = randomBytes(18 * 1024 * 1024);
      proxy.fault({ kind: "reset", at: "answer" }, { operation: "CompleteMultipartUpload" });
      // By the upload's id some servers recognise the repetition, others see an object that exists: both are right.
      expect(["created", "exists"]).toContain(await store.put(key, large));
      const completions = proxy.requests.filter(({ operation }) => operation === "CompleteMultipartUpload");
      expect(completions).toHaveLength(2);
      expect((await direct.get(key))?.equals(large)).toBe(true);
      expect(await openUploads()).toBe(0);
    });
  });

  describe("conflicts and uploads left open (F15)", () => {
    test("a conflict is repeated until the store has decided", async () => {
      proxy.fault({ kind: "status", status: 409 }, { operation: "PutObject", times: 2 });
      expect(await store.put(key, body)).toBe("created");
      expect(counted()).toEqual({ conflict: 2 });
    });

    test("an upload whose parts do not arrive is aborted", async () => {
      proxy.fault({ kind: "status", status: 500 }, { operation: "UploadPart", after: 1, times: 100 });
      await expect(store.put(key, randomBytes(18 * 1024 * 1024))).rejects.toMatchObject({
        code: "unavailable",
      });
      expect(await openUploads()).toBe(0);
      expect(await direct.head(key)).toBeNull();
    });

    test("an upload that could not even be aborted is swept later", async () => {
      proxy.fault({ kind: "status", status: 500 }, { operation: "UploadPart", times: 100 });
      proxy.fault({ kind: "reset", at: "request" }, { operation: "AbortMultipartUpload", times: 100 });
      await expect(store.put(key, randomBytes(18 * 1024 * 1024))).rejects.toMatchObject({
        code: "unavailable",
      });
      expect(await openUploads()).toBe(1);
      proxy.heal();
      expect(await store.sweepUnfinished(new Date(Date.now() + 60_000))).toBe(1);
      expect(await openUploads()).toBe(0);
    });
  });

  describe("a read gives something else (F16, F17)", () => {
    beforeEach(async () => {
      await direct.put(key, body);
    });
    const range = { offset: 1_000, length: 5_000 };
    const right = body.subarray(1_000, 6_000);

    test("an object that was deleted behind our back is null, not an error", async () => {
      await direct.delete(key);
      expect(await store.get(key)).toBeNull();
      expect(await store.get(key, range)).toBeNull();
    });

    test.each([
      ["half of a range", { kind: "range", how: "short" }],
      ["a range that starts elsewhere", { kind: "range", how: "shifted" }],
      ["the whole object for a range", { kind: "range", how: "whole" }],
      ["a range whose bytes are cut off", { kind: "spoil", where: "received", how: "truncate" }],
      ["a connection that breaks in the body", { kind: "reset", at: "download" }],
    ] as const)("%s is noticed and read again", async (_, fault) => {
      proxy.fault(fault, { operation: "GetObject" });
      expect(await store.get(key, range)).toEqual(right);
      expect(proxy.requests).toHaveLength(2);
      proxy.fault(fault, { operation: "GetObject", times: 100 });
      await expect(store.get(key, range)).rejects.toMatchObject({ code: "unavailable" });
    });

    test("a whole read that breaks off in its body is read again", async () => {
      proxy.fault({ kind: "reset", at: "download" }, { operation: "GetObject" });
      expect((await store.get(key))?.equals(body)).toBe(true);
    });

    test("bytes from the past come through: only a hash tells them", async () => {
      const past = randomBytes(30_000);
      proxy.fault({ kind: "stale", body: past }, { operation: "GetObject", times: 2 });
      expect(await store.get(key)).toEqual(past);
      expect(await store.get(key, range)).toEqual(past.subarray(1_000, 6_000));
      expect(await store.get(key)).toEqual(body);
    });
  });

  async function openUploads(): Promise<number> {
    const list = new ListMultipartUploadsCommand({ Bucket: bucket });
    return (await s3Client(server.endpoint).send(list)).Uploads?.length ?? 0;
  }
});
