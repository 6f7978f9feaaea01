"use client";

import { createContext, type RefObject, use } from "react";

const FocusWishContext = createContext<RefObject<boolean> | null>(null);

/**
 * Set when an arrow key moved the selection: the box that becomes the selected one takes the focus, also if it comes into
 * the document only then. A selection made elsewhere never pulls the focus here.
 */
export const FocusWish = FocusWishContext;

export function useFocusWish(): RefObject<boolean> {
  const wish = use(FocusWishContext);
  if (!wish) throw new Error("A box was drawn outside the graph.");
  return wish;
}
