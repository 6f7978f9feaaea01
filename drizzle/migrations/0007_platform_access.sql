CREATE TABLE "object_sweeps" (
	"workspace_id" uuid PRIMARY KEY NOT NULL,
	"swept_at" timestamp (3) with time zone NOT NULL,
	"dry_run" boolean NOT NULL,
	"orphans" integer NOT NULL,
	"orphan_bytes" bigint NOT NULL,
	"deleted" integer NOT NULL,
	"waiting" integer NOT NULL,
	"unexplained" integer NOT NULL,
	CONSTRAINT "object_sweeps_deleted_within" CHECK ("object_sweeps"."deleted" <= "object_sweeps"."orphans")
);
--> statement-breakpoint
ALTER TABLE "object_store_errors" ADD COLUMN "last_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "platform_role" text;--> statement-breakpoint
ALTER TABLE "object_sweeps" ADD CONSTRAINT "object_sweeps_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_platform_role_known" CHECK ("users"."platform_role" in ('admin'));