"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { formatCount } from "@/lib/format";
import { type Mask, maskedParts } from "@/lib/logs/view/masked-text";
import { RedactedChip } from "./drawer/redacted-chip";
import { MessageText } from "./message-text";

interface LongTextProps {
  text: string;
  find: string | RegExp;
  /** As it stands: no tints. */
  plain?: boolean;
  masks?: readonly Mask[];
}

/** What a browser lays out without a pause. A row may hold megabytes; copying always takes all of it. */
const shownAtFirst = 20_000;
/** Tinting makes an element of every value; beyond this the text stands plain. */
const tintedUpTo = 8_000;

/** A text of any length with its line breaks. What was masked in it stands out, and says why. */
export function LongText({ text, find, plain = false, masks = [] }: LongTextProps) {
  const [all, setAll] = useState(false);
  const shown = all ? text : text.slice(0, shownAtFirst);
  const bare = plain || shown.length > tintedUpTo;
  return (
    <div className="mono whitespace-pre-wrap leading-4.5 [overflow-wrap:anywhere]">
      {bare
        ? shown
        : maskedParts(shown, masks).map((part) =>
            part.kind === "masked" ? (
              <RedactedChip key={part.at} rule={part.rule} />
            ) : (
              <MessageText key={part.at} text={part.text} find={find} />
            ),
          )}
      {shown.length < text.length && (
        <Button size="sm" className="mt-2 block font-sans" onClick={() => setAll(true)}>
          Show all {formatCount(text.length)} characters
        </Button>
      )}
    </div>
  );
}
