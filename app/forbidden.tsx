import { Lock } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";

export default function Forbidden() {
  return (
    <main className="mx-auto max-w-[440px] px-4 py-12">
      <p className="flex items-center gap-2 text-text-2">
        <Lock size={14} aria-hidden="true" />
        Not allowed
      </p>
      <h1 className="mt-2 font-semibold text-15 text-text">Your role does not open this page</h1>
      <p className="mt-2 text-text-2">
        You are a member here. An owner or admin of the workspace can change your role.
      </p>
      <Button asChild className="mt-4">
        <Link href="/">Back to your workspace</Link>
      </Button>
    </main>
  );
}
