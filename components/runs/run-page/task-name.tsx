import { cn } from "@/components/ui/cn";

interface TaskNameProps {
  stem: string;
  mark: string | null;
  className?: string;
}

/** A task's name in one line. Where it does not fit its kind is cut, never the number that tells it from the others. */
export function TaskName({ className, ...name }: TaskNameProps) {
  return (
    <span className={cn("mono flex min-w-0 gap-[0.6ch] whitespace-nowrap tracking-[-0.02em]", className)}>
      <TaskNameParts {...name} />
    </span>
  );
}

/** The same within a line that is one already, where rows and boxes are many and each element counts. */
export function TaskNameParts({ stem, mark, className }: TaskNameProps) {
  return (
    <>
      <span className={cn("min-w-0 truncate", className)}>{stem}</span>
      {mark && <span className={cn("max-w-[60%] shrink-0 truncate", className)}>{mark}</span>}
    </>
  );
}
