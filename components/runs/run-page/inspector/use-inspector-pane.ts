"use client";

import { useSyncExternalStore } from "react";
import { allowedShare, type InspectorPane, paneOf, paneText, usualPane } from "@/lib/runs/inspector-pane";

const step = 5;

/** How the page is divided, and ways to change it. The root element is the state: the server wrote it, CSS reads it. */
export function useInspectorPane() {
  const pane = paneOf(useSyncExternalStore(onChange, readText, serverText));
  return {
    ...pane,
    resize: (width: number, of: number) => draw({ ...pane, share: allowedShare((width / of) * 100) }),
    resizeBy: (by: 1 | -1) => {
      draw({ ...pane, share: allowedShare(pane.share + by * step) });
      keep();
    },
    keep,
    close: () => {
      setClosed(true);
      // The button that was pressed is gone with the pane.
      document.getElementById("show-inspector")?.focus();
    },
  };
}

/** Takes the reader to what the page says of the selected task, also if it was closed. */
export function readInspector(): void {
  openInspector();
  document.getElementById("inspector")?.focus();
}

export function openInspector(): void {
  if (read().closed) setClosed(false);
}

export function toggleInspector(): void {
  setClosed(!read().closed);
}

function setClosed(closed: boolean): void {
  draw({ ...read(), closed });
  keep();
}

function draw({ share, closed }: InspectorPane): void {
  const { style, dataset } = document.documentElement;
  style.setProperty("--inspector", `${share}%`);
  if (closed) dataset.inspector = "closed";
  else delete dataset.inspector;
}

function keep(): void {
  void fetch("/api/me/run-page", {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(read()),
    keepalive: true,
  });
}

function read(): InspectorPane {
  const { style, dataset } = document.documentElement;
  const share = Number.parseFloat(style.getPropertyValue("--inspector"));
  return {
    share: share > 0 ? allowedShare(share) : usualPane.share,
    closed: dataset.inspector === "closed",
  };
}

/** As text, because what is read from outside is compared by identity. */
const readText = () => paneText(read());
const serverText = () => paneText(usualPane);

function onChange(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ["style", "data-inspector"] });
  return () => observer.disconnect();
}
