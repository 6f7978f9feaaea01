import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

const button = cva(
  "inline-flex shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-2 border font-medium transition-colors focus-visible:rounded-2 disabled:pointer-events-none disabled:border-line disabled:bg-hover disabled:text-text-3 aria-disabled:border-line aria-disabled:bg-hover aria-disabled:text-text-3",
  {
    variants: {
      variant: {
        default: "border-line-strong bg-surface text-text hover:bg-hover aria-expanded:bg-hover",
        primary: "border-transparent bg-accent text-on-accent hover:bg-accent-text hover:text-surface",
        danger: "border-fail-line bg-surface text-fail-text hover:bg-fail-tint",
        ghost: "border-transparent text-text-2 hover:bg-hover aria-expanded:bg-hover disabled:bg-transparent",
      },
      size: {
        default: "h-7 px-2.5 max-md:h-9",
        sm: "h-6 px-2 text-12 max-md:h-8 max-md:px-2.5",
        icon: "size-7 max-md:size-10",
      },
    },
    compoundVariants: [{ variant: "ghost", size: "default", class: "px-2" }],
    defaultVariants: { variant: "default", size: "default" },
  },
);

type ButtonProps = ComponentProps<"button"> & VariantProps<typeof button> & { asChild?: boolean };

/** One primary button a page. An icon button needs an `aria-label`. */
export function Button({
  className,
  variant,
  size,
  asChild = false,
  type = "button",
  ...props
}: ButtonProps) {
  const classes = cn(button({ variant, size }), className);
  if (asChild) return <Slot.Root className={classes} {...props} />;
  return <button type={type} className={classes} {...props} />;
}
