CREATE TABLE "log_ingest_limits" (
	"workspace_id" uuid PRIMARY KEY NOT NULL,
	"bytes_per_second" integer NOT NULL,
	"rows_per_second" integer NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "log_ingest_limits_bytes_positive" CHECK ("log_ingest_limits"."bytes_per_second" > 0),
	CONSTRAINT "log_ingest_limits_rows_positive" CHECK ("log_ingest_limits"."rows_per_second" > 0),
	CONSTRAINT "log_ingest_limits_reason_length" CHECK (length("log_ingest_limits"."reason") <= 500)
);
--> statement-breakpoint
CREATE TABLE "log_redaction_rules" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"name" text NOT NULL,
	"pattern" text NOT NULL,
	"mask" text NOT NULL,
	"applies_to" text DEFAULT 'both' NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_by" uuid NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "log_redaction_rules_workspace_id_name_key" UNIQUE("workspace_id","name"),
	CONSTRAINT "log_redaction_rules_name_length" CHECK (length("log_redaction_rules"."name") between 1 and 80),
	CONSTRAINT "log_redaction_rules_pattern_length" CHECK (length("log_redaction_rules"."pattern") between 1 and 500),
	CONSTRAINT "log_redaction_rules_mask_length" CHECK (length("log_redaction_rules"."mask") between 1 and 100),
	CONSTRAINT "log_redaction_rules_applies_to_known" CHECK ("log_redaction_rules"."applies_to" in ('message', 'metadata', 'both'))
);
--> statement-breakpoint
ALTER TABLE "log_ingest_limits" ADD CONSTRAINT "log_ingest_limits_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "log_redaction_rules" ADD CONSTRAINT "log_redaction_rules_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "log_redaction_rules" ADD CONSTRAINT "log_redaction_rules_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "log_redaction_rules" ADD CONSTRAINT "log_redaction_rules_updated_by_users_id_fk" FOREIGN KEY ("updated_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "log_redaction_rules_workspace_id_position_idx" ON "log_redaction_rules" USING btree ("workspace_id","position","id");--> statement-breakpoint
CREATE INDEX "log_redaction_rules_created_by_idx" ON "log_redaction_rules" USING btree ("created_by");--> statement-breakpoint
CREATE INDEX "log_redaction_rules_updated_by_idx" ON "log_redaction_rules" USING btree ("updated_by");