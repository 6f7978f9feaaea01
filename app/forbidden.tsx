import { Lock } from "lucide-react";
import Link from "next/link";
import { OutsidePage } from "@/components/shell/outside-page";
import { Button } from "@/components/ui/button";

export default function Forbidden() {
  return (
    <OutsidePage
      title="Your role does not open this page"
      actions={
        <Button asChild>
          <Link href="/">Back to your workspace</Link>
        </Button>
      }
    >
      <p className="flex items-center gap-2">
        <Lock size={14} aria-hidden="true" />
        You are a member here. An owner or admin of the workspace can change your role.
      </p>
    </OutsidePage>
  );
}
