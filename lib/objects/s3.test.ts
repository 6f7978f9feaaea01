import { randomBytes } from "node:crypto";
import {
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
} from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { describeWithS3, newBucket, s3Client, s3StoreAt, testS3 } from "@/lib/testing/s3";
import { objectStoreConformance } from "./conformance";

describeWithS3("S3", () => {
  const server = testS3();
  objectStoreConformance("A bucket", async () =>
    s3StoreAt(server.endpoint, await newBucket(server.endpoint)),
  );
  objectStoreConformance("A prefix of a bucket that holds other things", async () => {
    const bucket = await newBucket(server.endpoint);
    await s3StoreAt(server.endpoint, bucket, { prefix: "other/" }).put("k=1/o", Buffer.from("not ours"));
    return s3StoreAt(server.endpoint, bucket, { prefix: "strata/prod/", checksum: false });
  });

  test("keys in the bucket start with the prefix", async () => {
    const bucket = await newBucket(server.endpoint);
    await s3StoreAt(server.endpoint, bucket, { prefix: "strata/" }).put("k=1/o", Buffer.from("x"));
    const { Contents } = await s3Client(server.endpoint).send(new ListObjectsV2Command({ Bucket: bucket }));
    expect(Contents?.map(({ Key }) => Key)).toEqual(["strata/k=1/o"]);
  });

  test("a large object goes in parts, is never written over, and leaves no upload behind", async () => {
    const bucket = await newBucket(server.endpoint);
    const store = s3StoreAt(server.endpoint, bucket);
    const body = randomBytes(20 * 1024 * 1024);
    expect(await store.put("k=1/large", body)).toBe("created");
    expect((await store.get("k=1/large"))?.equals(body)).toBe(true);
    expect(await store.put("k=1/large", randomBytes(17 * 1024 * 1024))).toBe("exists");
    expect((await store.get("k=1/large"))?.equals(body)).toBe(true);
    const list = new ListMultipartUploadsCommand({ Bucket: bucket });
    expect((await s3Client(server.endpoint).send(list)).Uploads ?? []).toEqual([]);
  });

  test("uploads that were begun and left open are swept, those of another prefix are not", async () => {
    const bucket = await newBucket(server.endpoint);
    const client = s3Client(server.endpoint);
    for (const Key of ["ours/k=1/a", "ours/k=1/b", "theirs/k=1/a"])
      await client.send(new CreateMultipartUploadCommand({ Bucket: bucket, Key }));
    const store = s3StoreAt(server.endpoint, bucket, { prefix: "ours/" });
    // The test server gives every upload the same date, years ago.
    expect(await store.sweepUnfinished(new Date("2000-01-01"))).toBe(0);
    expect(await store.sweepUnfinished(new Date(Date.now() + 60_000))).toBe(2);
    const { Uploads } = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
    expect(Uploads?.map(({ Key }) => Key)).toEqual(["theirs/k=1/a"]);
  });

  test("a bucket that is not there is told by its name, and nothing in it passes for absent", async () => {
    const store = s3StoreAt(server.endpoint, "no-such-bucket");
    const problem = {
      code: "unavailable",
      message: expect.stringContaining("There is no bucket no-such-bucket"),
    };
    await expect(store.put("k=1/o", Buffer.from("x"))).rejects.toMatchObject(problem);
    await expect(store.get("k=1/o")).rejects.toMatchObject(problem);
    await expect(store.list("")[Symbol.asyncIterator]().next()).rejects.toMatchObject(problem);
  });
});
