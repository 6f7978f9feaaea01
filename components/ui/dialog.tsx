"use client";

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { Button } from "./button";
import { cn } from "./cn";

export const Dialog = Radix.Root;
export const DialogTrigger = Radix.Trigger;
export const DialogClose = Radix.Close;

const ground = "fixed inset-0 z-40 animate-appear bg-veil";

interface DialogContentProps extends Omit<ComponentProps<typeof Radix.Content>, "title"> {
  title: ReactNode;
  /** The sentence under the title: what will happen, with a number. */
  description?: ReactNode;
}

export function DialogContent({ title, description, className, children, ...props }: DialogContentProps) {
  return (
    <Radix.Portal>
      <Radix.Overlay className={ground} />
      <Radix.Content
        // Radix asks for an explicit undefined where a dialog has no description.
        {...(description ? {} : { "aria-describedby": undefined })}
        className={cn(
          "fixed top-[12vh] left-1/2 z-50 flex max-h-[76vh] w-[min(440px,calc(100vw-32px))] -translate-x-1/2 flex-col overflow-auto rounded-3 bg-raised p-4 shadow-overlay focus-visible:rounded-3 focus-visible:shadow-overlay",
          className,
        )}
        {...props}
      >
        <div className="mb-2 flex items-start gap-2">
          <Radix.Title className="grow text-15 font-semibold">{title}</Radix.Title>
          <Radix.Close asChild>
            <Button variant="ghost" size="icon" aria-label="Close" className="-mt-1 -mr-1">
              <X size={14} aria-hidden="true" />
            </Button>
          </Radix.Close>
        </div>
        {description && <Radix.Description className="mb-3 text-text-2">{description}</Radix.Description>}
        {children}
      </Radix.Content>
    </Radix.Portal>
  );
}

interface SheetContentProps extends ComponentProps<typeof Radix.Content> {
  /** Spoken only; the sheet draws its own head. */
  label: string;
  side?: "left" | "bottom";
}

/** An overlay fixed to an edge of the screen: the menu and the drawers of a phone. */
export function SheetContent({ label, side = "left", className, children, ...props }: SheetContentProps) {
  return (
    <Radix.Portal>
      <Radix.Overlay className={ground} />
      <Radix.Content
        aria-describedby={undefined}
        className={cn(
          "fixed z-50 flex flex-col overflow-auto bg-raised shadow-overlay focus-visible:shadow-overlay",
          side === "left" ? "inset-y-0 left-0 w-72" : "inset-x-0 bottom-0 max-h-[80dvh] rounded-t-3",
          className,
        )}
        {...props}
      >
        <Radix.Title className="sr-only">{label}</Radix.Title>
        {children}
      </Radix.Content>
    </Radix.Portal>
  );
}

/** Buttons of a dialog, the one that acts last. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="mt-4 flex flex-wrap justify-end gap-2">{children}</div>;
}
