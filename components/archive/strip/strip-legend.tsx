import { cn } from "@/components/ui/cn";
import { chunkStates, type StripCell } from "@/lib/archive/schema";
import { countCells } from "@/lib/archive/strip-cells";
import { formatCount } from "@/lib/format";
import { chunkLook } from "../archive-look";

/** What the patterns of the strip mean, and how many there are of each. Verified first: it is what the others are not. */
const order = ["verified", ...chunkStates.filter((state) => state !== "verified")] as const;

export function StripLegend({ cells, cut }: { cells: readonly StripCell[]; cut: boolean }) {
  const { states, missingNumbers, neverWritten } = countCells(cells);
  return (
    <ul
      aria-label="Chunks by state"
      className="mt-1.5 flex flex-wrap gap-x-3.5 gap-y-1 pl-9.5 text-11 text-text-3 max-md:pl-0"
    >
      {order.map((state) => {
        const count = states[state] ?? 0;
        if (count === 0 && state !== "verified") return null;
        const { label, cell } = chunkLook[state];
        return (
          <Item
            key={state}
            swatch={cn("h-2.5 w-2.5 min-w-0", cell, "my-0")}
            loud={state === "damaged" || state === "missing"}
          >
            {label} {formatCount(count)}
          </Item>
        );
      })}
      {missingNumbers > 0 && (
        <Item swatch="h-2.5 w-4 bg-missing-line" loud>
          in no chunk {formatCount(missingNumbers)} rows
        </Item>
      )}
      {neverWritten > 0 && (
        <Item swatch="h-0.5 w-4 bg-line-strong align-middle">never written {formatCount(neverWritten)}</Item>
      )}
      {cut && (
        <li className="font-medium text-warn-text">only the first {formatCount(cells.length)} are drawn</li>
      )}
    </ul>
  );
}

function Item({ swatch, loud, children }: { swatch: string; loud?: boolean; children: React.ReactNode }) {
  return (
    <li className={cn("whitespace-nowrap", loud && "font-medium text-fail-text")}>
      <span aria-hidden="true" className={cn("mr-1.5 inline-block rounded-[1px] align-[-1px]", swatch)} />
      {children}
    </li>
  );
}
