/** How often, over the window. Decoration: counts and times stand beside it. */
export function DayBars({ counts }: { counts: readonly number[] }) {
  const most = Math.max(1, ...counts);
  const height = 24;
  const pitch = 10;
  const bars = counts.map((count, index) => {
    const tall = count === 0 ? 0 : Math.max(2, (count / most) * height);
    return tall === 0 ? "" : `M${index * pitch} ${height}v${-tall}h${pitch - 2}v${tall}z`;
  });
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${counts.length * pitch} ${height}`}
      preserveAspectRatio="none"
      className="block h-6 w-full"
    >
      <path d={bars.join("")} className="fill-fail-solid" />
      <path
        d={`M0 ${height}H${counts.length * pitch}`}
        className="stroke-line"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
