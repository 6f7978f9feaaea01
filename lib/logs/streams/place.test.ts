import { describe, expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { endOfAll, placeFrom, placeText, rowAt, startOfAll } from "./place";
import { mergedHistogramRequestFrom, mergedPageRequestFrom } from "./request";
import { streamSetFrom, streamSetParams } from "./stream-set";

const now = new Date("2026-11-20T08:00:00.000Z");

describe("a place in a URL", () => {
  test.each([
    { at: 1_700_000_000_000, episodeId: "train-1", seq: 12n },
    { at: -62_135_596_800_000, episodeId: "a:b.c_d", seq: 9_223_372_036_854_775_807n },
    startOfAll,
    endOfAll,
  ])("is read as it was written: %o", (place) => {
    expect(placeFrom(placeText(place), now)).toEqual(place);
  });

  test("may be a time, and a row is named only by its place", () => {
    expect(placeFrom("2026-11-20T09:00:00+01:00", now)).toEqual({
      at: now.getTime(),
      episodeId: "",
      seq: -1n,
    });
    expect(rowAt("5~train-1~7")).toEqual({ episodeId: "train-1", seq: "7" });
    for (const none of [null, "", "end", "5~~7", "5~train-1~-1", "5~train-1"]) expect(rowAt(none)).toBeNull();
  });

  test.each(["", "yesterday", "1~train", "x~train~1", "1~tr ain~1", "1~train~01", "1~train~1~2", "9e99~t~1"])(
    "is refused when it is none: %s",
    (text) => {
      expect(() => placeFrom(text, now)).toThrow(AppError);
    },
  );
});

describe("a request for many streams", () => {
  test("names its run and its streams, and is written as it is read", () => {
    const params = new URLSearchParams("run=run-1&in=a&in=b&out=c");
    const set = streamSetFrom(params);
    expect(set).toEqual({ runId: "run-1", only: ["a", "b"], without: ["c"] });
    expect(streamSetParams(set).toString()).toBe(params.toString());
  });

  test.each([
    ["in=a%20b", /^in:/],
    ["out=~", /^out:/],
    ["limit=0", /^limit:/],
    ["limit=5000", /^limit:/],
    ["direction=up", /^direction:/],
    ["from=soon", /^from:/],
    ["levels=loud", /levels/],
  ])("that cannot be read is refused by the name of its part: %s", (search, words) => {
    expect(() => mergedPageRequestFrom(new URLSearchParams(search), now)).toThrow(words);
  });

  test("for a chart has a bounded number of bars", () => {
    expect(() => mergedHistogramRequestFrom(new URLSearchParams("bars=100000"))).toThrow(/^bars:/);
    expect(mergedHistogramRequestFrom(new URLSearchParams())).toMatchObject({ from: null, to: null });
  });
});
