import Link from "next/link";
import { cn } from "@/components/ui/cn";
import { type WorkflowTab, workflowPageQuery, workflowTabs } from "@/lib/workflows/search-params";

const words: Record<WorkflowTab, string> = {
  graph: "Versions and graph",
  runs: "Runs",
  inputs: "Inputs",
  settings: "Settings",
};

/** Parts of a workflow's page. Links, because each is read on the server when it is opened. */
export function WorkflowTabs({ address, tab }: { address: string; tab: WorkflowTab }) {
  return (
    <nav
      aria-label="Parts of the workflow"
      className="flex h-9 shrink-0 gap-5 overflow-x-auto border-line border-b px-4 [scrollbar-width:none] max-md:gap-4"
    >
      {workflowTabs.map((each) => (
        <Link
          key={each}
          href={address + workflowPageQuery({ tab: each })}
          aria-current={each === tab ? "page" : undefined}
          className={cn(
            "-mb-px inline-flex items-center whitespace-nowrap border-b-2 pt-px font-medium focus-visible:shadow-(--focus-in)",
            each === tab ? "border-text text-text" : "border-transparent text-text-2 hover:text-text",
          )}
        >
          {words[each]}
        </Link>
      ))}
    </nav>
  );
}
