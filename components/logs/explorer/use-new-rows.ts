"use client";

import { useState } from "react";

/** Rows appended since the reader last saw the end of the list. Zero while the end is on screen. */
export function useNewRows(total: number, atEnd: boolean): number {
  const [known, setKnown] = useState(total);
  if (atEnd && known !== total) setKnown(total);
  return atEnd ? 0 : Math.max(0, total - known);
}
