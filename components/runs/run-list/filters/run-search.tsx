"use client";

import { Search } from "lucide-react";
import { Input } from "@/components/ui/input";
import type { RunParams } from "../use-run-params";

/** Finds runs by a part of their id or of their workflow's name. */
export function RunSearch({ params, set }: Pick<RunParams, "params" | "set">) {
  return (
    <form
      key={params.q}
      action={(form) => set({ q: String(form.get("q") ?? "").trim() || null })}
      className="relative w-56 shrink-0 max-md:w-full"
    >
      <Search size={14} aria-hidden="true" className="absolute top-1.75 left-2 text-text-3 max-md:top-2.75" />
      <Input
        type="search"
        name="q"
        data-page-search
        aria-label="Run id or workflow name"
        placeholder="Run id or workflow"
        maxLength={200}
        defaultValue={params.q ?? ""}
        className="pl-7 max-md:pl-8"
      />
    </form>
  );
}
