import Link from "next/link";
import { OutsidePage } from "@/components/shell/outside-page";
import { Button } from "@/components/ui/button";

export default function NotFound() {
  return (
    <OutsidePage
      title="There is nothing at this address"
      actions={
        <Button asChild>
          <Link href="/">Back to your workspace</Link>
        </Button>
      }
    >
      <p>The link may be old, or it leads into a workspace that you are not a member of.</p>
    </OutsidePage>
  );
}
