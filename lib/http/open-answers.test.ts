import { expect, test } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { memberScope } from "@/lib/testing/people";
import { takePlace } from "./open-answers";

testDatabase();

const small = { inProcess: 3, inWorkspace: 2, retryAfterSeconds: 7, name: "checks" };

test("a workspace has its share of the places and no more, and a place that is left is free again", async () => {
  const [one, other] = [await memberScope("owner"), await memberScope("owner")];
  const leave = takePlace(one, "check", small);
  const leaveSecond = takePlace(one, "check", small);
  expect(() => takePlace(one, "check", small)).toThrow(
    expect.objectContaining({ code: "rate_limited", retryAfterSeconds: 7 }),
  );
  const leaveOther = takePlace(other, "check", small);
  // The process is full now, though this workspace has a place left.
  expect(() => takePlace(other, "check", small)).toThrow(/This server has 3 checks open/);
  takePlace(one, "tail", small)();
  leave();
  leave();
  const leaveThird = takePlace(other, "check", small);
  expect(() => takePlace(one, "check", small)).toThrow(/This server/);
  for (const end of [leaveSecond, leaveOther, leaveThird]) end();
});
