import { randomBytes } from "node:crypto";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe } from "vitest";
import { type RunningS3Server, startS3Server, unavailableS3 } from "@/lib/local/s3/server";
import { type S3Options, S3Store } from "@/lib/objects/s3";

const credentials = {
  accessKeyId: process.env.AWS_ACCESS_KEY_ID ?? "strata",
  secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY ?? "strata-secret",
};

/** Short pauses between attempts. What is not about stalls gets all the time that a busy machine may need. */
export const impatient = { attempts: 3, stallMs: 20_000, firstPauseMs: 5, lastPauseMs: 20 };

/** `describe` where an S3 server can run; elsewhere the tests are skipped, with the reason in their name. */
export function describeWithS3(name: string, body: () => void): void {
  const reason = unavailableS3();
  describe.skipIf(reason)(reason ? `${name} (skipped: ${reason})` : name, { timeout: 60_000 }, body);
}

/** A client that talks to this server with the tests' credentials. */
export const s3Client = (endpoint: string) =>
  new S3Client({ endpoint, region: "us-east-1", forcePathStyle: true, credentials });

export async function newBucket(endpoint: string): Promise<string> {
  const bucket = `strata-${randomBytes(6).toString("hex")}`;
  const client = s3Client(endpoint);
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  client.destroy();
  return bucket;
}

export const s3StoreAt = (endpoint: string, bucket: string, options: Partial<S3Options> = {}) =>
  new S3Store({ endpoint, bucket, credentials, patience: impatient, ...options });

/** An S3 server for the tests of a file. Call it inside `describeWithS3`, once. */
export function testS3(): { readonly endpoint: string } {
  let server: RunningS3Server | undefined;
  beforeAll(async () => {
    server = await startS3Server();
  });
  afterAll(() => server?.stop());
  return {
    get endpoint() {
      if (!server) throw new Error("the server is started before the first test, not before");
      return server.endpoint;
    },
  };
}
