import { expect, test } from "vitest";
import { type Fold, foldWhatIsTooFast, joinedFolds, withoutFold } from "./folds";

test("rows that one can keep up with are all drawn", () => {
  expect(foldWhatIsTooFast({ first: 1000, next: 1080, elapsedMs: 10 })).toBeNull();
  expect(foldWhatIsTooFast({ first: 1000, next: 1400, elapsedMs: 1000 })).toBeNull();
});

test("under load all but the newest are folded, and the fold says exactly which", () => {
  expect(foldWhatIsTooFast({ first: 1000, next: 4142, elapsedMs: 200 })).toEqual({ from: 1000, to: 4101 });
});

test("a long silence is no allowance for a flood", () => {
  expect(foldWhatIsTooFast({ first: 0, next: 900, elapsedMs: 3_600_000 })).toBeNull();
  expect(foldWhatIsTooFast({ first: 0, next: 1001, elapsedMs: 3_600_000 })).toEqual({ from: 0, to: 960 });
});

test("however long a flood lasts, there are few folds, and no row leaves them", () => {
  let folds: Fold[] = [];
  for (let burst = 0; burst < 500; burst++) {
    folds = joinedFolds([...folds, { from: burst * 1000, to: burst * 1000 + 959 }]);
  }
  expect(folds).toHaveLength(50);
  expect(folds[0]?.from).toBe(0);
  expect(folds.at(-1)).toEqual({ from: 499_000, to: 499_959 });
  expect(folds.every((fold, i) => i === 0 || fold.from > (folds[i - 1]?.to ?? 0))).toBe(true);
});

test("a fold that is opened leaves the others closed", () => {
  const folds = [
    { from: 0, to: 9 },
    { from: 20, to: 29 },
  ];
  expect(withoutFold(folds, 0)).toEqual([{ from: 20, to: 29 }]);
});
