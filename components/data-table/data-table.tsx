import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

export interface Column<Row> {
  id: string;
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Pixels; the columns without one share what is left. */
  width?: number;
  align?: "right";
  /** The cell whose link opens the row. Exactly one column has it. */
  opens?: boolean;
  /** Classes of head and cells: where a column goes on a phone, below which width it is left out. */
  className?: string;
}

interface DataTableProps<Row> {
  /** Spoken name of the table. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  rowHref: (row: Row) => string;
  /** Opening a row shows more beside or below the table, so the page stays where it is. */
  rowScroll?: false;
  /** `data-` attributes that tests and styles hold on to. */
  rowData?: (row: Row) => Record<`data-${string}`, string>;
  /** Classes of each row; on a phone rows are grids, and this places their cells. */
  rowClassName?: string;
  className?: string;
}

/**
 * Rows of 32 px with columns that never move. The link of a row covers the row, so that a click anywhere opens it and the middle
 * button opens a tab; `RowKeys` moves between those links with j and k.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowId, rowHref, rowScroll, rowData, rowClassName, className } = props;
  return (
    <table aria-label={label} className={cn("w-full table-fixed border-collapse max-md:block", className)}>
      <TableHead columns={columns} />
      <tbody className="max-md:block">
        {rows.map((row) => (
          <tr
            key={rowId(row)}
            {...rowData?.(row)}
            className={cn(
              "relative h-8 border-line border-b transition-colors focus-within:bg-accent-tint focus-within:shadow-[inset_2px_0_var(--accent)] hover:bg-hover max-md:h-auto",
              rowClassName,
            )}
          >
            {columns.map((column) => (
              <td key={column.id} className={cellClass(column)}>
                {column.opens ? (
                  <Link
                    href={rowHref(row)}
                    scroll={rowScroll}
                    data-row-link=""
                    className="font-medium after:absolute after:inset-0 focus-visible:shadow-none focus-visible:after:shadow-(--focus-in)"
                  >
                    {column.cell(row)}
                  </Link>
                ) : (
                  column.cell(row)
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function TableHead<Row>({ columns }: { columns: readonly Column<Row>[] }) {
  return (
    <thead className="max-md:sr-only">
      <tr>
        {columns.map((column) => (
          <th
            key={column.id}
            scope="col"
            style={column.width ? { width: column.width } : undefined}
            className={cn(
              "eyebrow sticky top-(--page-top,0px) z-10 h-7 whitespace-nowrap bg-surface p-0 pr-3 text-left shadow-[inset_0_-1px_var(--line)] last:pr-0",
              column.align === "right" && "text-right",
              column.className,
            )}
          >
            {column.header}
          </th>
        ))}
      </tr>
    </thead>
  );
}

export function cellClass<Row>(column: Column<Row>): string {
  return cn(
    "overflow-hidden text-ellipsis whitespace-nowrap p-0 pr-3 last:pr-0",
    column.align === "right" && "text-right",
    column.className,
  );
}
