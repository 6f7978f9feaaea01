interface SparklineProps {
  /** Oldest first; null breaks the line. */
  values: readonly (number | null)[];
  /** A token: "var(--text-3)". */
  color: string;
}

const width = 176;
const height = 28;

/** The shape of a figure's past. Decoration: the figure stands beside it. */
export function Sparkline({ values, color }: SparklineProps) {
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return <div aria-hidden="true" style={{ height }} />;
  const low = Math.min(...known);
  const range = Math.max(...known) - low || 1;
  const lines = unbroken(
    values.map((value, index) =>
      value === null
        ? null
        : {
            x: (index * width) / (values.length - 1),
            y: height - 2 - ((value - low) / range) * (height - 5),
          },
    ),
  );
  return (
    <svg
      aria-hidden="true"
      width="100%"
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      className="overflow-visible"
    >
      {lines.map((line) => (
        <g key={line[0]?.x}>
          <path d={`${pathOf(line)}V${height}H${line[0]?.x ?? 0}Z`} fill={color} opacity={0.09} />
          <path
            d={pathOf(line)}
            fill="none"
            stroke={color}
            strokeWidth={1.4}
            strokeLinejoin="round"
            vectorEffect="non-scaling-stroke"
          />
        </g>
      ))}
    </svg>
  );
}

interface Point {
  x: number;
  y: number;
}

function unbroken(points: readonly (Point | null)[]): Point[][] {
  const lines: Point[][] = [];
  points.forEach((point, index) => {
    if (!point) return;
    const line = points[index - 1] ? lines.at(-1) : undefined;
    if (line) line.push(point);
    else lines.push([point]);
  });
  return lines.filter((line) => line.length > 1);
}

function pathOf(line: readonly Point[]): string {
  return `M${line.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}`;
}
