CREATE TABLE "log_archive_policies" (
	"workspace_id" uuid PRIMARY KEY NOT NULL,
	"archive_threshold" integer NOT NULL,
	"chunk_size" integer NOT NULL,
	"keep_hot" integer NOT NULL,
	"archive_after_hours" integer NOT NULL,
	"updated_by" uuid,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "log_archive_policies_threshold_range" CHECK ("log_archive_policies"."archive_threshold" between 100 and 10000000),
	CONSTRAINT "log_archive_policies_chunk_size_range" CHECK ("log_archive_policies"."chunk_size" between 100 and 50000),
	CONSTRAINT "log_archive_policies_keep_hot_range" CHECK ("log_archive_policies"."keep_hot" between 0 and 1000000),
	CONSTRAINT "log_archive_policies_archive_after_range" CHECK ("log_archive_policies"."archive_after_hours" between 1 and 8760),
	CONSTRAINT "log_archive_policies_chunk_fills" CHECK ("log_archive_policies"."chunk_size" <= "log_archive_policies"."archive_threshold")
);
--> statement-breakpoint
ALTER TABLE "log_archive_policies" ADD CONSTRAINT "log_archive_policies_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "log_archive_policies" ADD CONSTRAINT "log_archive_policies_updated_by_users_id_fk" FOREIGN KEY ("updated_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_entries_area_idx" ON "audit_entries" USING btree ("workspace_id",split_part("action", '.', 1),"created_at","id");