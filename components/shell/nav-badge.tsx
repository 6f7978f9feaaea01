import { cn } from "@/components/ui/cn";

/** Hidden from sight in the rail, kept for the ear. */
export const unlessRail = "group-has-[>[data-rail]]/app:sr-only";

interface NavBadgeProps {
  /** "3 failed". */
  text: string;
  /** The age of the count. */
  title: string;
}

/** Bad news of a page, beside its name: a red word, in the rail a red dot. */
export function NavBadge({ text, title }: NavBadgeProps) {
  return (
    <>
      <span title={title} className={cn("ml-auto text-11 text-fail-text", unlessRail)}>
        {text}
      </span>
      <span
        aria-hidden="true"
        className="absolute top-1 right-1 hidden size-1.5 rounded-full bg-fail-solid shadow-[0_0_0_2px_var(--canvas)] group-has-[>[data-rail]]/app:md:block"
      />
    </>
  );
}
