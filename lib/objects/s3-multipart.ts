import { createHash } from "node:crypto";
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  type S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import type { Attempt } from "./s3-attempts";
import { answerOf, type S3Right } from "./s3-failure";

const partBytes = 8 * 1024 * 1024;

type Try = <T>(work: (attempt: Attempt) => Promise<T>, bytes?: number) => Promise<T>;

/** One large object in parts. It becomes visible, whole, when the last request joins them; nothing is seen of it before. */
export class MultipartPut {
  constructor(
    private readonly client: S3Client,
    private readonly target: { Bucket: string; Key: string },
    private readonly body: Uint8Array,
    private readonly checksum: boolean,
    private readonly attempt: Try,
  ) {}

  /** `isThere` looks whether the object exists, for the case that the answer to the last request was lost. */
  async run(isThere: () => Promise<boolean>): Promise<"created" | "exists"> {
    const UploadId = await this.begin();
    const upload = { ...this.target, UploadId };
    let outcome: "created" | "exists" | null = null;
    try {
      const parts: CompletedPart[] = [];
      for (let offset = 0; offset < this.body.length; offset += partBytes)
        parts.push(await this.send(upload, parts.length + 1, this.body.subarray(offset, offset + partBytes)));
      outcome = await this.complete(upload, parts, isThere);
      return outcome;
    } finally {
      // Parts that nobody will join are paid for. What even this does not reach, sweepUploads finds.
      if (outcome !== "created") {
        const abort = new AbortMultipartUploadCommand(upload);
        await this.attempt(({ abortSignal }) => this.client.send(abort, { abortSignal })).catch(() => {});
      }
    }
  }

  private async begin(): Promise<string> {
    const ChecksumAlgorithm = this.checksum ? "SHA256" : undefined;
    const create = new CreateMultipartUploadCommand({ ...this.target, ChecksumAlgorithm });
    return this.attempt(async ({ abortSignal }) => {
      const { UploadId } = await this.client.send(create, { abortSignal });
      if (!UploadId) throw new Error("An upload was begun without an id");
      return UploadId;
    });
  }

  private send(
    upload: object & { UploadId: string },
    PartNumber: number,
    part: Uint8Array,
  ): Promise<CompletedPart> {
    const ChecksumSHA256 = this.checksum ? createHash("sha256").update(part).digest("base64") : undefined;
    const command = new UploadPartCommand({
      ...this.target,
      ...upload,
      PartNumber,
      Body: part,
      ChecksumSHA256,
    });
    return this.attempt(async ({ abortSignal }) => {
      const { ETag } = await this.client.send(command, { abortSignal });
      return { PartNumber, ETag, ChecksumSHA256 };
    }, part.length);
  }

  private complete(
    upload: object & { UploadId: string },
    parts: CompletedPart[],
    isThere: () => Promise<boolean>,
  ): Promise<"created" | "exists"> {
    const command = new CompleteMultipartUploadCommand({
      ...this.target,
      ...upload,
      IfNoneMatch: "*",
      MultipartUpload: { Parts: parts },
    });
    return this.attempt(async ({ abortSignal }) => {
      try {
        await this.client.send(command, { abortSignal });
        return "created";
      } catch (error) {
        const { status, code } = answerOf(error);
        if (status === 412) return "exists";
        // The upload is over: by an attempt before this one, whose answer was lost, or by a sweep.
        if (code === "NoSuchUpload" && (await isThere())) return "exists";
        throw error;
      }
    });
  }
}

type TryRight = <T>(right: S3Right, work: (attempt: Attempt) => Promise<T>) => Promise<T>;

/** Aborts the uploads that were begun before this time and never joined. */
export async function sweepUploads(
  client: S3Client,
  place: { Bucket: string; Prefix: string },
  before: Date,
  attempt: TryRight,
): Promise<number> {
  let swept = 0;
  let next: { KeyMarker?: string; UploadIdMarker?: string } | null = {};
  while (next) {
    const list: ListMultipartUploadsCommand = new ListMultipartUploadsCommand({ ...place, ...next });
    const page = await attempt("s3:ListBucketMultipartUploads", ({ abortSignal }) =>
      client.send(list, { abortSignal }),
    );
    for (const { Key, UploadId, Initiated } of page.Uploads ?? []) {
      if (!Key?.startsWith(place.Prefix) || !Initiated || Initiated >= before) continue;
      const abort = new AbortMultipartUploadCommand({ Bucket: place.Bucket, Key, UploadId });
      await attempt("s3:AbortMultipartUpload", ({ abortSignal }) => client.send(abort, { abortSignal }));
      swept++;
    }
    next = page.IsTruncated
      ? { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker }
      : null;
  }
  return swept;
}
