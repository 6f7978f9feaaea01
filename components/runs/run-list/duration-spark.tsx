interface DurationSparkProps {
  /** Milliseconds, oldest first. */
  values: readonly number[];
}

const bar = 3;
const pitch = 4;
const height = 14;
const places = 10;

/** The last ten runs of the workflow that succeeded, by how long they took. Decoration: the duration stands beside it. */
export function DurationSpark({ values }: DurationSparkProps) {
  const longest = Math.max(...values, 1);
  const first = places - values.length;
  const bars = values.map((value, index) => {
    const tall = Math.max(1.5, (value / longest) * height);
    return `M${(first + index) * pitch} ${height}v${-tall}h${bar}v${tall}z`;
  });
  return (
    <svg
      aria-hidden="true"
      width={places * pitch}
      height={height}
      viewBox={`0 0 ${places * pitch} ${height}`}
      className="shrink-0 fill-line-strong"
    >
      <path d={bars.join("")} />
    </svg>
  );
}
