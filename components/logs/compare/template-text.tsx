const wildcard = "<*>";

/** A template with its open places tinted like the values that stand in them. */
export function TemplateText({ text }: { text: string }) {
  return partsOf(text).map(({ start, words }) =>
    words === wildcard ? (
      <span key={start} className="text-log-var">
        {words}
      </span>
    ) : (
      words
    ),
  );
}

/** Text and wildcards in turn, each with the place it starts at. */
function partsOf(text: string): { start: number; words: string }[] {
  let start = 0;
  return text.split(/(<\*>)/).map((words) => {
    const part = { start, words };
    start += words.length;
    return part;
  });
}
