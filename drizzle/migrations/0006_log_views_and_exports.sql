CREATE TABLE "log_exports" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"episode_id" text NOT NULL,
	"params" text NOT NULL,
	"state" text DEFAULT 'queued' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"lease_until" timestamp (3) with time zone,
	"not_before" timestamp (3) with time zone,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	"expected_rows" bigint NOT NULL,
	"expected_exact" boolean NOT NULL,
	"rows_written" bigint DEFAULT 0 NOT NULL,
	"bytes_written" bigint DEFAULT 0 NOT NULL,
	"object_prefix" text,
	"part_bytes" integer,
	"size_bytes" bigint,
	"result" jsonb,
	"error" text,
	"expires_at" timestamp (3) with time zone,
	"cleared" boolean DEFAULT false NOT NULL,
	CONSTRAINT "log_exports_state_known" CHECK ("log_exports"."state" in ('queued', 'running', 'done', 'failed', 'cancelled', 'expired')),
	CONSTRAINT "log_exports_params_length" CHECK (octet_length("log_exports"."params") <= 8192),
	CONSTRAINT "log_exports_done_has_file" CHECK ("log_exports"."state" <> 'done' or ("log_exports"."object_prefix" is not null and "log_exports"."part_bytes" is not null and "log_exports"."size_bytes" is not null and "log_exports"."result" is not null and "log_exports"."expires_at" is not null)),
	CONSTRAINT "log_exports_running_has_lease" CHECK ("log_exports"."state" <> 'running' or "log_exports"."lease_until" is not null),
	CONSTRAINT "log_exports_final_has_end" CHECK ("log_exports"."state" in ('queued', 'running') or "log_exports"."finished_at" is not null)
);
--> statement-breakpoint
CREATE TABLE "log_views" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"name" text NOT NULL,
	"params" text NOT NULL,
	"episode_id" text,
	"shared" boolean DEFAULT false NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_by" uuid NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "log_views_owner_name_key" UNIQUE NULLS NOT DISTINCT("workspace_id","created_by","episode_id","name"),
	CONSTRAINT "log_views_name_length" CHECK (length("log_views"."name") between 1 and 80),
	CONSTRAINT "log_views_params_length" CHECK (octet_length("log_views"."params") <= 4096)
);
--> statement-breakpoint
ALTER TABLE "log_exports" ADD CONSTRAINT "log_exports_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "log_exports" ADD CONSTRAINT "log_exports_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "log_views" ADD CONSTRAINT "log_views_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "log_views" ADD CONSTRAINT "log_views_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "log_views" ADD CONSTRAINT "log_views_updated_by_users_id_fk" FOREIGN KEY ("updated_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "log_exports_owner_idx" ON "log_exports" USING btree ("workspace_id","user_id","created_at","id");--> statement-breakpoint
CREATE INDEX "log_exports_unfinished_idx" ON "log_exports" USING btree ("state","workspace_id","created_at") WHERE "log_exports"."state" in ('queued', 'running');--> statement-breakpoint
CREATE INDEX "log_exports_uncleared_idx" ON "log_exports" USING btree ("finished_at") WHERE not "log_exports"."cleared" and "log_exports"."finished_at" is not null;--> statement-breakpoint
CREATE INDEX "log_exports_user_id_idx" ON "log_exports" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "log_views_shared_idx" ON "log_views" USING btree ("workspace_id","name") WHERE "log_views"."shared";--> statement-breakpoint
CREATE INDEX "log_views_created_by_idx" ON "log_views" USING btree ("created_by");--> statement-breakpoint
CREATE INDEX "log_views_updated_by_idx" ON "log_views" USING btree ("updated_by");