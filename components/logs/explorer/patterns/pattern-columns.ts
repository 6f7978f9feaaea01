/**
 * Columns: pattern (what is left), rows and share, course, levels, first, last, leave out. They give way as room gets less;
 * on a phone a row is a block of its own.
 */
export const rowGrid =
  "grid items-center gap-x-4 pr-3 grid-cols-[minmax(0,1fr)_auto] md:grid-cols-[minmax(0,1fr)_184px_120px_36px] lg:grid-cols-[minmax(0,1fr)_184px_128px_96px_96px_36px] 2xl:grid-cols-[minmax(0,1fr)_184px_160px_96px_104px_104px_36px]";
export const fromMd = "max-md:hidden";
export const fromLg = "max-lg:hidden";
export const from2xl = "max-2xl:hidden";
