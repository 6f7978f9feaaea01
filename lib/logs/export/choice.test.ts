import { describe, expect, test } from "vitest";
import { parseQuery } from "../search/query";
import { choiceParams, type ExportChoice, rangeProblem } from "./choice";
import { readTrailer } from "./read-trailer";
import { exportRequestFrom } from "./request";

const choice: ExportChoice = {
  format: "jsonl",
  rows: "all",
  from: "",
  to: "",
  columns: ["sequenceNumber", "metadata.user.id"],
  timezone: "Europe/Berlin",
};
const query = parseQuery({ levels: ["error"], text: "a b", metadata: [{ path: "x", op: "eq", value: "1" }] });

describe("what was chosen is what is asked for", () => {
  test("all rows as JSON lines, which have neither columns nor a zone", () => {
    expect(choiceParams(choice, query).toString()).toBe("format=jsonl");
  });

  test("filtered rows of a range as a CSV", () => {
    const params = choiceParams(
      { ...choice, format: "csv", rows: "filtered", from: "1,200", to: "0099999" },
      query,
    );
    expect(exportRequestFrom(params)).toMatchObject({
      format: "csv",
      query,
      from: 1200n,
      to: 99_999n,
      columns: choice.columns,
      timezone: "Europe/Berlin",
      only: null,
    });
  });
});

test.each([
  ["", "", null],
  ["5", "5", null],
  ["1,000", "2000", null],
  ["9", "5", /behind/],
  ["x", "", /first row is a number/],
  ["", "-3", /last row is a number/],
])("from %o to %o is a range: %o", (from, to, problem) => {
  if (problem === null) expect(rangeProblem({ from, to })).toBeNull();
  else expect(rangeProblem({ from, to })).toMatch(problem);
});

describe("the last line of a file", () => {
  test("says what is in it, in either format", () => {
    const json =
      '{"sequenceNumber":1}\n{"_strata":"trailer","complete":true,"rows":"1","first":"1","last":"1","gapCount":0,"sha256":"ab"}\n';
    const csv =
      "sequenceNumber,level\r\n1,info\r\n# strata trailer; complete=true; rows=1; first=1; last=1; gapCount=2; sha256=ab,\r\n";
    expect(readTrailer(json)).toMatchObject({
      complete: true,
      rows: 1,
      first: "1",
      last: "1",
      gapCount: 0,
      sha256: "ab",
    });
    expect(readTrailer(csv)).toMatchObject({
      complete: true,
      rows: 1,
      first: "1",
      last: "1",
      gapCount: 2,
      sha256: "ab",
    });
  });

  test("says why it is not complete", () => {
    const json =
      '{"_strata":"error","complete":false,"rows":"3","error":{"code":"forbidden","message":"Your access ended."}}\n';
    expect(readTrailer(json)).toMatchObject({ complete: false, rows: 3, problem: "Your access ended." });
  });

  test("that is missing is told: a file that was cut off is not complete", () => {
    for (const text of ['{"sequenceNumber":1}\n', "1,info\r\n", "", '{"_strata":"trai'])
      expect(readTrailer(text)).toBeNull();
  });
});
