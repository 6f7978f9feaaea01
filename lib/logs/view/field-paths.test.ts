import { expect, test } from "vitest";
import { parsePath, plainText, textsAt } from "../search/metadata-path";
import { fieldPaths } from "./field-paths";

const metadata = JSON.stringify({
  source: "star",
  user: { id: 7, "first name": "Ada" },
  "http.status": 200,
  'quo"ted': true,
  "a[0]": null,
  "": "no name",
  steps: [{ name: "one" }],
  deep: { er: { est: { lost: 1 } } },
});

test("every path leads a query to the value it was taken from", () => {
  const paths = fieldPaths(metadata);
  const values = paths.map((path) => {
    const [found] = textsAt(metadata, parsePath(path) ?? []);
    return plainText(found ?? "nothing");
  });
  expect(values).toEqual(["star", "7", "Ada", "200", "true", "null", "no name"]);
});

test("lists have no single value, and a text that is no JSON has no fields", () => {
  expect(fieldPaths(metadata).some((path) => path.startsWith("steps"))).toBe(false);
  expect(fieldPaths("{half")).toEqual([]);
});
