"use client";

import type { Virtualizer } from "@tanstack/react-virtual";
import type { ReactNode } from "react";

export interface DrawnRow {
  index: number;
  key: string | number | bigint;
  selected: boolean;
  /** One row is in the tab order; the arrow keys reach the others. */
  tabbable: boolean;
}

interface VirtualBodyProps {
  virtualizer: Virtualizer<HTMLDivElement, Element>;
  /** Of the head that lies over the top of what scrolls: the virtualizer's `paddingStart`. */
  headHeight: number;
  selectedIndex: number;
  children: (row: DrawnRow) => ReactNode;
}

/** The rows in view, between two empty ones that stand for those that are not in the document. */
export function VirtualBody({ virtualizer, headHeight, selectedIndex, children }: VirtualBodyProps) {
  // The virtualizer is an object that changes in place; memoised by the compiler it would show stale rows.
  "use no memo";
  const rows = virtualizer.getVirtualItems();
  const selectedIsDrawn = rows.some(({ index }) => index === selectedIndex);
  return (
    <tbody>
      <Spacer height={(rows[0]?.start ?? headHeight) - headHeight} />
      {rows.map(({ index, key }, drawn) => {
        const selected = index === selectedIndex;
        return children({ index, key, selected, tabbable: selectedIsDrawn ? selected : drawn === 0 });
      })}
      <Spacer height={virtualizer.getTotalSize() - (rows.at(-1)?.end ?? headHeight)} />
    </tbody>
  );
}

function Spacer({ height }: { height: number }) {
  if (height <= 0) return null;
  return (
    <tr>
      <td className="p-0" style={{ height }} />
    </tr>
  );
}
