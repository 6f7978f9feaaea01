"use client";

import { createContext, use } from "react";

export interface FocusWish {
  /** An arrow key is about to move the selection. */
  make: () => void;
  /** Whether there was a wish; it is granted once. */
  take: () => boolean;
}

/**
 * An arrow key moves the selection, and what becomes selected takes the focus, also if it comes into the document only
 * then. A selection made elsewhere makes no wish, so it never pulls the focus here.
 */
export const FocusWishContext = createContext<FocusWish | null>(null);

export function useFocusWish(): FocusWish {
  const wish = use(FocusWishContext);
  if (!wish) throw new Error("There is nothing here that arrow keys move through.");
  return wish;
}

/** For the state of what arrow keys move through. */
export function newFocusWish(): FocusWish {
  let wanted = false;
  return {
    make: () => {
      wanted = true;
    },
    take: () => {
      const granted = wanted;
      wanted = false;
      return granted;
    },
  };
}
