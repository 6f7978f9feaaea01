"use client";

import type { ReactNode, RefObject } from "react";
import { Dialog, DialogContent } from "@/components/ui/dialog";

export interface ActDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** What had the focus when it was opened: a menu's button, which the menu itself no longer knows. */
  returnFocusTo?: RefObject<HTMLElement | null>;
}

interface ContentProps extends ActDialogProps {
  title: ReactNode;
  description?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}

/** An act on the archive: what it will do first, then whether to do it. Its body is made anew each time it opens. */
export function ActDialog(props: ContentProps) {
  const { open, onOpenChange, returnFocusTo, title, description, wide, children } = props;
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title={title}
        description={description}
        className={wide ? "w-[min(640px,calc(100vw-32px))]" : "w-[min(480px,calc(100vw-32px))]"}
        onOpenAutoFocus={focusWhereOneBegins}
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          const opener = returnFocusTo?.current;
          // What opened it may have gone with what the act has changed.
          (opener?.isConnected ? opener : document.getElementById("content"))?.focus();
        }}
      >
        {children}
      </DialogContent>
    </Dialog>
  );
}

/** The first field, not the button that closes; on a touch screen nothing, or a keyboard would cover what is to be read. */
function focusWhereOneBegins(event: Event) {
  const content = event.currentTarget;
  if (!(content instanceof HTMLElement)) return;
  event.preventDefault();
  const touch = window.matchMedia("(pointer: coarse)").matches;
  const field = touch ? null : content.querySelector<HTMLElement>("input:not([type=hidden]), textarea");
  (field ?? content).focus();
}

/** The id of an episode in a title: mono, and broken where it must rather than cut. */
export function EpisodeId({ children }: { children: string }) {
  return <span className="mono text-13 [overflow-wrap:anywhere]">{children}</span>;
}
