import "server-only";
import { createHash } from "node:crypto";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { refuseUnlessKey } from "./keys";
import type { ByteRange, ObjectInfo, ObjectStore } from "./object-store";
import { type Attempt, GaveUp, inAttempts, type Patience, usualPatience } from "./s3-attempts";
import { answerOf, type S3Right, sentenceFor } from "./s3-failure";
import { MultipartPut, sweepUploads } from "./s3-multipart";
import { bytesOf, rangeHeader } from "./s3-read";

export interface S3Options {
  bucket: string;
  /** What every key starts with in the bucket: "" or a path that ends with a slash. */
  prefix?: string;
  /** A store other than Amazon's. */
  endpoint?: string;
  region?: string;
  forcePathStyle?: boolean;
  /** Without it the SDK's own chain looks: environment, shared files, the machine's role. */
  credentials?: { accessKeyId: string; secretAccessKey: string };
  /** Sends a SHA-256 that the store compares with what arrives. Some compatible stores refuse such a header. */
  checksum?: boolean;
  patience?: Partial<Patience>;
  /** Bodies above this go in parts. */
  multipartBytes?: number;
}

const megabyte = 1024 * 1024;

/**
 * Objects of an S3 bucket. What the archive's safety needs of the store is asked for with each put: nothing is written over
 * anything (If-None-Match), and what arrives is what was sent (SHA-256). Every request may be repeated, so that an answer
 * that is lost does no harm: a put whose first answer was lost says "exists".
 */
export class S3Store implements ObjectStore {
  readonly name: string;
  readonly #client: S3Client;
  readonly #options: Required<Pick<S3Options, "bucket" | "prefix" | "checksum" | "multipartBytes">>;
  readonly #patience: Patience;
  readonly #endpoint: string;

  constructor({
    bucket,
    prefix = "",
    checksum = true,
    multipartBytes = 16 * megabyte,
    ...options
  }: S3Options) {
    this.name = `s3://${bucket}/${prefix}`.replace(/\/$/, "");
    this.#options = { bucket, prefix, checksum, multipartBytes };
    this.#patience = { ...usualPatience, ...options.patience };
    this.#endpoint = options.endpoint ?? `Amazon S3 in ${options.region ?? "the default region"}`;
    this.#client = new S3Client({
      endpoint: options.endpoint,
      region: options.region ?? "us-east-1",
      forcePathStyle: options.forcePathStyle ?? options.endpoint !== undefined,
      credentials: options.credentials,
      // Attempts are ours to make and to count (s3-attempts.ts).
      maxAttempts: 1,
      // The SDK's own default, a CRC32 as a trailer, is what broke other stores. Our SHA-256 is an ordinary header.
      requestChecksumCalculation: "WHEN_REQUIRED",
      responseChecksumValidation: "WHEN_REQUIRED",
      requestHandler: { connectionTimeout: 5_000 },
    });
  }

  async put(key: string, body: Uint8Array): Promise<"created" | "exists"> {
    const target = this.#target(key);
    const { checksum, multipartBytes } = this.#options;
    if (body.length > multipartBytes) {
      const parts = new MultipartPut(this.#client, target, body, checksum, (work, bytes) =>
        this.#try("s3:PutObject", { bytes }, work),
      );
      return parts.run(async () => (await this.head(key)) !== null);
    }
    const ChecksumSHA256 = checksum ? createHash("sha256").update(body).digest("base64") : undefined;
    const command = new PutObjectCommand({ ...target, Body: body, IfNoneMatch: "*", ChecksumSHA256 });
    return this.#try("s3:PutObject", { bytes: body.length }, async ({ abortSignal }) => {
      try {
        await this.#client.send(command, { abortSignal });
        return "created";
      } catch (error) {
        if (answerOf(error).status === 412) return "exists";
        throw error;
      }
    });
  }

  async get(
    key: string,
    range?: ByteRange,
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<Buffer | null> {
    const target = this.#target(key);
    // HTTP has no way to ask for nothing.
    if (range?.length === 0) return (await this.head(key)) && Buffer.alloc(0);
    const command = new GetObjectCommand({ ...target, Range: range && rangeHeader(range) });
    return this.#try("s3:GetObject", { bytes: range?.length, signal }, async (attempt) => {
      try {
        const answer = await this.#client.send(command, { abortSignal: attempt.abortSignal });
        return await bytesOf(answer, range, attempt);
      } catch (error) {
        const { status, code } = answerOf(error);
        if (status === 404 && code !== "NoSuchBucket") return null;
        // The range starts behind the object's end.
        if (status === 416) return Buffer.alloc(0);
        throw error;
      }
    });
  }

  async head(key: string): Promise<ObjectInfo | null> {
    const command = new HeadObjectCommand(this.#target(key));
    return this.#try("s3:GetObject", {}, async ({ abortSignal }) => {
      try {
        const { ContentLength, LastModified } = await this.#client.send(command, { abortSignal });
        return { key, sizeBytes: ContentLength ?? 0, modifiedAt: LastModified ?? new Date() };
      } catch (error) {
        if (answerOf(error).status === 404) return null;
        throw error;
      }
    });
  }

  async *list(prefix: string): AsyncGenerator<ObjectInfo> {
    const { bucket, prefix: own } = this.#options;
    let ContinuationToken: string | undefined;
    do {
      const command = new ListObjectsV2Command({ Bucket: bucket, Prefix: own + prefix, ContinuationToken });
      const page = await this.#try("s3:ListBucket", {}, ({ abortSignal }) =>
        this.#client.send(command, { abortSignal }),
      );
      for (const { Key = "", Size = 0, LastModified = new Date() } of page.Contents ?? [])
        yield { key: Key.slice(own.length), sizeBytes: Size, modifiedAt: LastModified };
      ContinuationToken = page.IsTruncated ? page.NextContinuationToken : undefined;
    } while (ContinuationToken !== undefined);
  }

  async delete(key: string): Promise<void> {
    const command = new DeleteObjectCommand(this.#target(key));
    await this.#try("s3:DeleteObject", {}, ({ abortSignal }) => this.#client.send(command, { abortSignal }));
  }

  sweepUnfinished(before: Date): Promise<number> {
    const { bucket, prefix } = this.#options;
    return sweepUploads(this.#client, { Bucket: bucket, Prefix: prefix }, before, (right, work) =>
      this.#try(right, {}, work),
    );
  }

  #target(key: string): { Bucket: string; Key: string } {
    refuseUnlessKey(key);
    return { Bucket: this.#options.bucket, Key: this.#options.prefix + key };
  }

  /** A request in as many attempts as it takes; what remains of a failure is a sentence that names the bucket and the right. */
  async #try<T>(
    right: S3Right,
    bounds: { bytes?: number; signal?: AbortSignal },
    request: (attempt: Attempt) => Promise<T>,
  ): Promise<T> {
    try {
      return await inAttempts(this.#patience, bounds, request);
    } catch (error) {
      if (!(error instanceof GaveUp)) throw error;
      const place = { name: this.name, bucket: this.#options.bucket, endpoint: this.#endpoint };
      throw sentenceFor(place, right, error.attempts, error.cause);
    }
  }
}
