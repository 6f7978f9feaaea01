"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { formatCount } from "@/lib/format";
import { MessageText } from "./message-text";

interface LongTextProps {
  text: string;
  find: string | RegExp;
  /** As it stands: no tints. */
  plain?: boolean;
}

/** What a browser lays out without a pause. A row may hold megabytes; copying always takes all of it. */
const shownAtFirst = 20_000;
/** Tinting makes an element of every value; beyond this the text stands plain. */
const tintedUpTo = 8_000;

/** A text of any length with its line breaks. */
export function LongText({ text, find, plain = false }: LongTextProps) {
  const [all, setAll] = useState(false);
  const shown = all ? text : text.slice(0, shownAtFirst);
  return (
    <div className="mono whitespace-pre-wrap leading-4.5 [overflow-wrap:anywhere]">
      {plain || shown.length > tintedUpTo ? shown : <MessageText text={shown} find={find} />}
      {shown.length < text.length && (
        <Button size="sm" className="mt-2 block font-sans" onClick={() => setAll(true)}>
          Show all {formatCount(text.length)} characters
        </Button>
      )}
    </div>
  );
}
