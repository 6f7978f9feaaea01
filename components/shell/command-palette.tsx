"use client";

import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { Dialog as Radix } from "radix-ui";
import { type KeyboardEvent, type ReactNode, useId, useState } from "react";
import { cn } from "@/components/ui/cn";
import { Kbd } from "@/components/ui/kbd";
import { useShell } from "./shell-context";

export interface PaletteItem {
  id: string;
  label: string;
  detail?: string;
  /** Matched by what is typed without being shown: the whole of a shortened id. */
  match?: string;
  hint?: ReactNode;
  icon: ReactNode;
  href: string;
}
export interface PaletteGroup {
  title: string;
  items: readonly PaletteItem[];
}

interface CommandPaletteProps {
  groups: readonly PaletteGroup[];
  /** What is missing from the list so far: "Reading recent runs". */
  pending?: string | null;
  /** What is missing from it and why: "Recent runs cannot be read". */
  problem?: string | null;
}

export function CommandPalette({ groups, pending, problem }: CommandPaletteProps) {
  const { overlay, setOverlay } = useShell();
  return (
    <Radix.Root open={overlay === "palette"} onOpenChange={(open) => setOverlay(open ? "palette" : null)}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-appear bg-veil" />
        <Radix.Content
          aria-describedby={undefined}
          className="fixed top-[12vh] left-1/2 z-50 flex max-h-[64vh] w-[min(560px,calc(100vw-24px))] -translate-x-1/2 flex-col overflow-hidden rounded-3 bg-raised shadow-overlay"
        >
          <Radix.Title className="sr-only">Search or jump to</Radix.Title>
          <PaletteBody groups={groups} pending={pending} problem={problem} onDone={() => setOverlay(null)} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Its own component, so that what was typed is forgotten when the palette closes. */
function PaletteBody({ groups, pending, problem, onDone }: CommandPaletteProps & { onDone: () => void }) {
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const router = useRouter();
  const listId = useId();
  const found = matching(groups, typed);
  const items = found.flatMap((group) => group.items);
  const active = items[Math.min(at, items.length - 1)];

  function open(item: PaletteItem) {
    onDone();
    router.push(item.href);
  }
  function onKeyDown(event: KeyboardEvent) {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && items.length > 0) {
      event.preventDefault();
      const next = (Math.min(at, items.length - 1) + step + items.length) % items.length;
      setAt(next);
      document.getElementById(`${listId}-${items[next]?.id}`)?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && active) {
      event.preventDefault();
      open(active);
    }
  }

  return (
    <>
      <div className="flex h-11 shrink-0 items-center gap-2.5 border-line border-b px-3.5">
        <Search size={15} aria-hidden="true" className="text-text-3" />
        <input
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={active ? `${listId}-${active.id}` : undefined}
          aria-label="Search or jump to"
          placeholder="A page, a workspace, a run"
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
          className="min-w-0 grow bg-transparent text-15 outline-none placeholder:text-text-3 focus-visible:shadow-none"
        />
        <Kbd>Esc</Kbd>
      </div>
      <div id={listId} role="listbox" aria-label="Results" className="min-h-0 overflow-y-auto p-1.5">
        {found.map((group) => (
          <fieldset key={group.title} aria-label={group.title} className="min-w-0">
            <div aria-hidden="true" className="eyebrow px-2 pt-2 pb-1">
              {group.title}
            </div>
            {group.items.map((item) => (
              <PaletteOption
                key={item.id}
                id={`${listId}-${item.id}`}
                item={item}
                active={item === active}
                onPoint={() => setAt(items.indexOf(item))}
                onOpen={() => open(item)}
              />
            ))}
          </fieldset>
        ))}
      </div>
      {items.length === 0 && !pending && (
        <p className="px-3.5 pb-3.5 text-text-2">Nothing here is called “{typed}”.</p>
      )}
      {pending && (
        <p role="status" className="px-3.5 pt-1 pb-3 text-12 text-text-3">
          {pending}
        </p>
      )}
      {problem && (
        <p role="status" className="border-line border-t px-3.5 py-2 text-12 text-fail-text">
          {problem}
        </p>
      )}
    </>
  );
}

interface PaletteOptionProps {
  id: string;
  item: PaletteItem;
  active: boolean;
  onPoint: () => void;
  onOpen: () => void;
}

/** The focus stays in the field above, which names the active option; the keyboard is handled there. */
function PaletteOption({ id, item, active, onPoint, onOpen }: PaletteOptionProps) {
  return (
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={active}
      onPointerMove={onPoint}
      onClick={onOpen}
      onKeyDown={(event) => event.key === "Enter" && onOpen()}
      className={cn("flex h-8 items-center gap-2.5 rounded-2 px-2 max-md:h-11", active && "bg-active")}
    >
      <span className="flex w-4 justify-center text-text-3">{item.icon}</span>
      <span className="min-w-0 truncate font-medium">{item.label}</span>
      {item.detail && <span className="mono min-w-0 truncate text-text-3">{item.detail}</span>}
      {item.hint && <span className="ml-auto whitespace-nowrap text-12 text-text-3">{item.hint}</span>}
    </div>
  );
}

/** Every word that was typed must occur in an item's label or detail. */
function matching(groups: readonly PaletteGroup[], typed: string): PaletteGroup[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return groups
    .map((group) => ({
      ...group,
      items: group.items.filter((item) => {
        const text = `${item.label} ${item.detail ?? ""} ${item.match ?? ""}`.toLowerCase();
        return words.every((word) => text.includes(word));
      }),
    }))
    .filter((group) => group.items.length > 0);
}
