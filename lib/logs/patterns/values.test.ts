import { expect, test } from "vitest";
import { valuesIn } from "./values";

test("each place says which words stand there, the frequent ones first, and how many are not listed", () => {
  const messages = Array.from({ length: 30 }, (_, n) => `Loaded  shard-${n} from node${n % 2} took=${n}ms`);
  expect(valuesIn("Loaded <*> from <*> took=<*>", messages)).toEqual([
    { word: 1, values: expect.arrayContaining([{ value: "shard-0", count: 1 }]), other: 20, distinct: 30 },
    {
      word: 3,
      values: [
        { value: "node0", count: 15 },
        { value: "node1", count: 15 },
      ],
      other: 0,
      distinct: 2,
    },
    { word: 4, values: expect.arrayContaining([{ value: "took=0ms", count: 1 }]), other: 20, distinct: 30 },
  ]);
});

test("the end of a message that is too long for a template is no value", () => {
  const places = valuesIn(`${"word ".repeat(64)}<*>`, ["word ".repeat(100)]);
  expect(places).toEqual([{ word: 64, values: [], other: 0, distinct: 0 }]);
});
