import Link from "next/link";
import { segment, segmentGroup } from "@/components/ui/segment";
import { type HomeWindow, homeQuery, homeWindow, homeWindows } from "./home-window";

/** Links, because the choice is part of the address. */
export function WindowSwitch({ workspace, chosen }: { workspace: string; chosen: HomeWindow }) {
  return (
    <nav aria-label="Time window" className={segmentGroup}>
      {homeWindows.map((option) => (
        <Link
          key={option}
          href={`/w/${workspace}${homeQuery({ window: option })}`}
          aria-current={option === chosen ? "true" : undefined}
          className={segment}
          scroll={false}
        >
          {homeWindow[option].label}
        </Link>
      ))}
    </nav>
  );
}
