import { expect, test } from "vitest";
import { logViewForms } from "./forms";

test("a view is kept as the explorer writes it, however it came", () => {
  const form = { name: "  slow  ", episodeId: "train-1", params: "?seq=9&q=slow&level=nonsense" };
  expect(logViewForms.save.parse(form)).toMatchObject({ name: "slow", params: "q=slow", shared: false });
  expect(logViewForms.save.safeParse({ ...form, params: `q=${"x".repeat(5000)}` }).success).toBe(false);
  expect(logViewForms.save.safeParse({ ...form, name: " " }).success).toBe(false);
});
