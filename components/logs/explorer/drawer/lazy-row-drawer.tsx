"use client";

import dynamic from "next/dynamic";
import { LoadingDetails } from "./loading-details";

/** Who reads rows without opening one pays for no JSON tree. */
export const LazyRowDrawer = dynamic(() => import("../row-drawer").then(({ RowDrawer }) => RowDrawer), {
  loading: () => (
    <div className="border-line border-t px-4 py-3 max-md:rounded-t-3 max-md:bg-raised">
      <LoadingDetails />
    </div>
  ),
});
