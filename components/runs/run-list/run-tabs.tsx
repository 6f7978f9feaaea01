import type { SavedViewList } from "@/lib/saved-views/schema";
import { RunTab } from "./run-tab";
import { RunViews } from "./views/run-views";
import { ViewTabs } from "./views/view-tabs";

/** The pages about many runs. */
const sections = [
  ["failures", "Unresolved", "/runs/failures"],
  ["errors", "Errors", "/runs/errors"],
  ["bulk", "Bulk jobs", "/runs/bulk"],
] as const;
export type RunSection = "runs" | (typeof sections)[number][0];

interface RunTabsProps {
  workspace: string;
  here: RunSection;
  /** Saved views of the run list, as the server read them for this page. */
  views: SavedViewList;
}

/** All runs and the saved views of them, then what else there is about runs. */
export function RunTabs({ workspace, here, views }: RunTabsProps) {
  return (
    <nav
      aria-label="Runs"
      className="flex h-9 items-stretch gap-5 overflow-x-auto border-line border-b px-6 [scrollbar-width:none] max-md:gap-4 max-md:px-4"
    >
      {here === "runs" ? (
        <RunViews initial={views} />
      ) : (
        <>
          <RunTab href={`/w/${workspace}/runs`} current={false}>
            All runs
          </RunTab>
          <ViewTabs workspace={workspace} initial={views} openId={null} />
        </>
      )}
      {/* Where there are many views they go under it, and these three stay in sight. */}
      <span className="ml-auto flex items-stretch gap-5 max-md:ml-0 max-md:gap-4 md:sticky md:right-0 md:-mr-6 md:bg-surface md:pr-6 md:pl-3">
        {sections.map(([name, label, path]) => (
          <RunTab key={name} href={`/w/${workspace}${path}`} current={here === name}>
            {label}
          </RunTab>
        ))}
      </span>
    </nav>
  );
}
