import type { GlyphTone } from "@/components/ui/status-glyph";
import type { Restore } from "@/lib/archive/acts/schema";

export const restoreLook = {
  copying: { label: "Copying", tone: "run" },
  ready: { label: "Live too", tone: "ok" },
  failed: { label: "Failed", tone: "fail" },
  cancelled: { label: "Ended", tone: "off" },
  expired: { label: "Expired", tone: "off" },
} as const satisfies Record<Restore["state"], { label: string; tone: GlyphTone }>;
