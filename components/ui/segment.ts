/** Look of a segmented choice, shared by toggle buttons and by links that look like them. */
export const segmentGroup =
  "inline-flex h-7 shrink-0 items-stretch overflow-hidden rounded-2 border border-line-strong bg-surface max-md:h-9";
export const segment =
  "inline-flex items-center whitespace-nowrap rounded-[5px] px-2.25 font-medium text-text-2 transition-colors hover:text-text focus-visible:shadow-(--focus-in) aria-[current]:bg-active aria-[current]:text-text data-[state=on]:bg-active data-[state=on]:text-text";
