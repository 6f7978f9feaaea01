"use client";

import { useSyncExternalStore } from "react";
import { type Theme, themeAttribute } from "./theme";

/** The theme in force and a way to choose one. The root element is the state: the server wrote it, CSS reads it. */
export function useTheme(): { chosen: Theme; dark: boolean; choose: (theme: Theme) => void } {
  const chosen = useSyncExternalStore(onThemeChange, readChosen, serverChosen);
  const systemDark = useSyncExternalStore(onSystemChange, readSystemDark, serverSystemDark);
  return { chosen, dark: chosen === "system" ? systemDark : chosen === "dark", choose };
}

function choose(theme: Theme): void {
  const root = document.documentElement;
  const attribute = themeAttribute(theme);
  if (attribute) root.dataset.theme = attribute;
  else delete root.dataset.theme;
  void fetch("/api/me/theme", {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ theme }),
    keepalive: true,
  });
}

function onThemeChange(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}
const readChosen = (): Theme => themeAttribute(document.documentElement.dataset.theme) ?? "system";
const serverChosen = (): Theme => "system";

const prefersDark = "(prefers-color-scheme: dark)";
function onSystemChange(changed: () => void): () => void {
  const query = matchMedia(prefersDark);
  query.addEventListener("change", changed);
  return () => query.removeEventListener("change", changed);
}
const readSystemDark = () => matchMedia(prefersDark).matches;
const serverSystemDark = () => false;
