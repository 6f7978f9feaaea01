import { expect, test } from "vitest";
import { readEnv } from "./env";

const others = {
  DATABASE_URL: "postgres://127.0.0.1/strata",
  MONGODB_URI: "mongodb://127.0.0.1/",
  NEXTAUTH_SECRET: "x".repeat(32),
  NEXTAUTH_URL: "http://localhost:3000",
};

test("a directory or a bucket must be named, and the message says which variable is missing", () => {
  expect(() => readEnv(others)).toThrow(/OBJECT_STORE_DIR: Required, unless OBJECT_STORE=s3/);
  expect(() => readEnv({ ...others, OBJECT_STORE: "s3" })).toThrow(/S3_BUCKET: Required by OBJECT_STORE=s3/);
  expect(() => readEnv({ ...others, OBJECT_STORE: "tape", OBJECT_STORE_DIR: "/data" })).toThrow(
    /OBJECT_STORE/,
  );
});

test("a bucket needs no directory, and a directory no bucket", () => {
  const bucket = { OBJECT_STORE: "s3", S3_BUCKET: "archive", S3_FORCE_PATH_STYLE: "true" };
  expect(readEnv({ ...others, ...bucket })).toMatchObject({
    S3_BUCKET: "archive",
    S3_FORCE_PATH_STYLE: true,
  });
  expect(readEnv({ ...others, OBJECT_STORE_DIR: "/data" })).toMatchObject({ OBJECT_STORE_DIR: "/data" });
});

test("a variable that is set to nothing counts as missing", () => {
  const empty = { OBJECT_STORE: "", OBJECT_STORE_DIR: "/data", S3_ENDPOINT: "", S3_PREFIX: "" };
  const { OBJECT_STORE, S3_ENDPOINT, S3_PREFIX } = readEnv({ ...others, ...empty });
  expect([OBJECT_STORE, S3_ENDPOINT, S3_PREFIX]).toEqual([undefined, undefined, undefined]);
});

test("what cannot start a key in a bucket is refused", () => {
  const s3 = { ...others, OBJECT_STORE: "s3", S3_BUCKET: "archive" };
  expect(readEnv({ ...s3, S3_PREFIX: "strata/prod/" }).S3_PREFIX).toBe("strata/prod/");
  for (const S3_PREFIX of ["/strata", "../strata", "a//b", "a b"])
    expect(() => readEnv({ ...s3, S3_PREFIX })).toThrow(/S3_PREFIX/);
});
