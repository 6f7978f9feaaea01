import type { ReactNode } from "react";
import type { Settled } from "@/lib/auth/settle";
import { RegionFailed } from "./region-failed";

interface RegionProps<T> {
  read: Promise<Settled<T>>;
  /** "The attempts cannot be read". */
  failed: string;
  children: (value: T) => ReactNode;
}

/** A region that fails by itself: it says so in its place, and every other region is drawn. */
export async function Region<T>({ read, failed, children }: RegionProps<T>) {
  const settled = await read;
  return settled.ok ? children(settled.value) : <RegionFailed title={failed} requestId={settled.requestId} />;
}
