import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

// Without this, "text-12" would count as a colour and be dropped beside "text-text-2".
const merge = extendTailwindMerge({
  extend: {
    theme: { text: ["11", "12", "13", "15", "20", "28"], radius: ["1", "2", "3"], shadow: ["overlay"] },
    classGroups: { "font-family": ["mono"] },
  },
});

/** Joins class names; of two that set the same property, the later one wins. */
export function cn(...classes: ClassValue[]): string {
  return merge(clsx(classes));
}
