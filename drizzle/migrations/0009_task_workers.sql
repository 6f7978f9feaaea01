CREATE TABLE "task_workers" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" uuid,
	"worker" text NOT NULL,
	"executors" text[] NOT NULL,
	"slots" integer NOT NULL,
	"busy" integer NOT NULL,
	"version" text,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "task_workers_worker_length" CHECK (length("task_workers"."worker") between 1 and 200),
	CONSTRAINT "task_workers_executors_number" CHECK (cardinality("task_workers"."executors") between 1 and 20)
);
--> statement-breakpoint
ALTER TABLE "task_workers" ADD CONSTRAINT "task_workers_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "task_workers_workspace_idx" ON "task_workers" USING btree ("workspace_id","seen_at");--> statement-breakpoint
CREATE INDEX "task_workers_seen_at_idx" ON "task_workers" USING btree ("seen_at");