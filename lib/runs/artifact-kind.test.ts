import { describe, expect, test } from "vitest";
import { artifactKind } from "./artifact-kind";

describe("how an artifact is shown", () => {
  test.each([
    ["application/json", "json"],
    ["application/geo+json", "json"],
    ["text/csv; charset=utf-8", "text"],
    ["Text/Plain", "text"],
    ["image/png", "image"],
    ["application/gzip", "none"],
    ["", "none"],
    [null, "none"],
  ] as const)("%s as %s", (contentType, kind) => {
    expect(artifactKind(contentType)).toBe(kind);
  });

  test("never as a picture or a page when it may carry a script", () => {
    expect(artifactKind("image/svg+xml")).toBe("text");
    expect(artifactKind("text/html")).toBe("text");
  });
});
