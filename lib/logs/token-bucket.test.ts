import { expect, test } from "vitest";
import { TokenBucket } from "./token-bucket";

function bucketAt(perSecond: number, burst: number) {
  const clock = { now: 0 };
  return { clock, bucket: new TokenBucket(perSecond, burst, () => clock.now) };
}

test("a burst is let through, and what goes beyond it is waited for", () => {
  const { clock, bucket } = bucketAt(1000, 4000);
  bucket.take(4000);
  expect(bucket.waitMs()).toBe(1);
  clock.now += 1;
  expect(bucket.waitMs()).toBe(0);
  bucket.take(251);
  expect(bucket.waitMs()).toBe(251);
  clock.now += 250;
  expect(bucket.waitMs()).toBeGreaterThan(0);
  clock.now += 1;
  expect(bucket.waitMs()).toBe(0);
});

test("over a long time no more is let through than the rate and one burst", () => {
  const { clock, bucket } = bucketAt(100, 400);
  let taken = 0;
  for (; clock.now < 60_000; clock.now += 7) {
    if (bucket.waitMs() > 0) continue;
    bucket.take(50);
    taken += 50;
  }
  expect(taken).toBeGreaterThan(100 * 60);
  expect(taken).toBeLessThanOrEqual(100 * 60 + 400 + 50);
});

test("time that nobody uses is saved up to one burst and no further", () => {
  const { clock, bucket } = bucketAt(100, 400);
  clock.now += 3_600_000;
  bucket.take(400);
  expect(bucket.waitMs()).toBeGreaterThan(0);
});
