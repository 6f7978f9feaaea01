"use client";

import { Dialog, DialogContent } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { type PageKeyGroup, usePageKeys } from "./page-keys";
import { type Place, placesFor } from "./places";
import { useShell } from "./shell-context";

const everywhere = (places: readonly Place[]): PageKeyGroup => ({
  title: "Everywhere",
  keys: [
    ["Ctrl K", "Search or jump to"],
    ...places.map((place) => [`g ${place.key}`, `Go to ${place.name}`] as const),
    ["/", "Search on this page"],
    ["Shift D", "Dark or light"],
    ["?", "This list"],
  ],
});

export function KeySheet() {
  const shell = useShell();
  const { overlay, setOverlay } = shell;
  const groups = [...usePageKeys(), everywhere(placesFor(shell))];
  return (
    <Dialog open={overlay === "keys"} onOpenChange={(open) => setOverlay(open ? "keys" : null)}>
      <DialogContent title="Keys">
        {groups.map((group) => (
          <section key={group.title} className="mt-1 mb-3">
            <h3 className="eyebrow border-line border-b pb-1">{group.title}</h3>
            <dl>
              {group.keys.map(([keys, does]) => (
                <div key={keys} className="flex h-8 items-center border-line border-b">
                  <dt className="order-2 ml-auto flex gap-1">
                    {keys.split(" ").map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dt>
                  <dd className="text-text-2">{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </DialogContent>
    </Dialog>
  );
}
