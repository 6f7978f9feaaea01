import { Skeleton } from "@/components/ui/skeleton";
import { type Column, cellClass, TableHead } from "./data-table";

interface TableSkeletonProps<Row> {
  columns: readonly Column<Row>[];
  rows: number;
  className?: string;
}

/** The same head and the same row height as the table that comes, so that nothing jumps when it does. */
export function TableSkeleton<Row>({ columns, rows, className }: TableSkeletonProps<Row>) {
  return (
    <div aria-busy="true" className={className}>
      <span className="sr-only">Loading</span>
      <table aria-hidden="true" className="w-full table-fixed border-collapse">
        <TableHead columns={columns} />
        <tbody>
          {[...Array(rows).keys()].map((row) => (
            <tr key={row} className="h-8 border-line border-b max-md:h-16">
              {columns.map((column, at) => (
                <td key={column.id} className={cellClass(column)}>
                  <Skeleton className={widths[(row * 3 + at) % widths.length]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const widths = ["w-1/2", "w-2/3", "w-3/4", "w-2/5", "w-3/5"];
