/** Columns give way from the right as room gets less; on a phone a row is a block of its own. */
export const fromMd = "max-md:hidden";
export const fromLg = "max-lg:hidden";
export const from2xl = "max-2xl:hidden";

/** Widths, by column: pattern (what is left), rows and share, course, levels, first, last, leave out. */
export const widths = {
  rows: "w-47",
  course: `w-36 ${fromMd}`,
  levels: `w-24 ${from2xl}`,
  seen: `w-24 ${fromLg}`,
  act: "w-14",
} as const;
