-- A store of revision 0001 with rows, as a first installation left it: dumped once, never edited. Synthetic.
BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE audit (
	seq INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	actor TEXT NOT NULL, 
	action TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	details TEXT NOT NULL, 
	prev_hash TEXT NOT NULL, 
	row_hash TEXT NOT NULL, 
	CONSTRAINT pk_audit PRIMARY KEY (seq)
);
INSERT INTO "audit" VALUES(1,'2016-06-16 01:00:00.000000','longlou','published','run 469005-1','{"area":"469005"}','0000000000000000000000000000000000000000000000000000000000000000','9639e07411cf8c6e708b811da5bc888e1fff71a5145210e692298bf905874df5');
INSERT INTO "audit" VALUES(2,'2016-06-16 01:01:00.000000','li.wei','finding upheld','finding 469005/f1','{"area":"469005"}','9639e07411cf8c6e708b811da5bc888e1fff71a5145210e692298bf905874df5','a32c73d4f1b165e2302aa701deeda4b3e7d8f9bde3337cf475c775b07ec7719d');
CREATE TABLE classifications (
	run_area TEXT NOT NULL, 
	person_id TEXT NOT NULL, 
	primary_class TEXT NOT NULL, 
	flags TEXT NOT NULL, 
	population TEXT NOT NULL, 
	area TEXT, 
	township TEXT, 
	branch TEXT, 
	entity_id TEXT, 
	reason TEXT NOT NULL, 
	CONSTRAINT pk_classifications PRIMARY KEY (run_area, person_id), 
	CONSTRAINT fk_classifications_run_area_person_id FOREIGN KEY(run_area, person_id) REFERENCES persons (run_area, person_id)
);
INSERT INTO "classifications" VALUES('469005','P1','lost','','small_enterprise','469005','龙楼镇','龙楼镇第一支部',NULL,'半年无联系');
CREATE TABLE findings (
	run_area TEXT NOT NULL, 
	finding_id TEXT NOT NULL, 
	rule_code TEXT NOT NULL, 
	evidence_grade TEXT NOT NULL, 
	unique_id TEXT, 
	person_id TEXT, 
	is_false_entry BOOLEAN NOT NULL, 
	message TEXT NOT NULL, 
	evidence TEXT NOT NULL, 
	first_run_id TEXT NOT NULL, 
	content_hash TEXT NOT NULL, 
	state TEXT NOT NULL, 
	is_current BOOLEAN NOT NULL, 
	version INTEGER NOT NULL, 
	decided_by TEXT, 
	decided_at DATETIME, 
	decision_reason TEXT, 
	CONSTRAINT pk_findings PRIMARY KEY (run_area, finding_id), 
	CONSTRAINT ck_findings_state CHECK (state IN ('proposed', 'upheld', 'dismissed', 'withdrawn')), 
	CONSTRAINT ck_findings_decided_by CHECK (state NOT IN ('upheld', 'dismissed') OR decided_by IS NOT NULL), 
	CONSTRAINT fk_findings_run_area_person_id FOREIGN KEY(run_area, person_id) REFERENCES persons (run_area, person_id)
);
INSERT INTO "findings" VALUES('469005','f1','F04','A','a','P1',1,'已去世','{}','469005-1','h1','upheld',1,1,'li.wei','2016-06-16 01:00:00','核对原件');
CREATE TABLE judgements (
	judgement_id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	run_area TEXT NOT NULL, 
	unique_id_l TEXT NOT NULL, 
	unique_id_r TEXT NOT NULL, 
	judgement TEXT, 
	withdraws INTEGER, 
	reviewer TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	run_id TEXT, 
	item_id TEXT, 
	evidence TEXT NOT NULL, 
	decided_at DATETIME NOT NULL, 
	CONSTRAINT ck_judgements_pair CHECK (unique_id_l <> unique_id_r), 
	CONSTRAINT ck_judgements_judgement CHECK (judgement IN ('positive', 'negative', 'unsure')), 
	CONSTRAINT ck_judgements_judges_or_withdraws CHECK ((judgement IS NULL) <> (withdraws IS NULL)), 
	CONSTRAINT fk_judgements_withdraws FOREIGN KEY(withdraws) REFERENCES judgements (judgement_id), 
	CONSTRAINT uq_judgements_withdraws UNIQUE (withdraws)
);
INSERT INTO "judgements" VALUES(1,'469005','a','z','negative',NULL,'li.wei','同名不同人','469005-1','q1','{"weight":3.5}','2016-06-16 01:00:00');
CREATE TABLE links (
	run_area TEXT NOT NULL, 
	unique_id TEXT NOT NULL, 
	person_id TEXT NOT NULL, 
	CONSTRAINT pk_links PRIMARY KEY (run_area, unique_id), 
	CONSTRAINT fk_links_run_area_person_id FOREIGN KEY(run_area, person_id) REFERENCES persons (run_area, person_id)
);
INSERT INTO "links" VALUES('469005','a','P1');
INSERT INTO "links" VALUES('469005','b','P1');
CREATE TABLE persons (
	run_area TEXT NOT NULL, 
	person_id TEXT NOT NULL, 
	minted_seq INTEGER NOT NULL, 
	minted_run TEXT NOT NULL, 
	is_member BOOLEAN NOT NULL, 
	split_from TEXT, 
	retired_run TEXT, 
	merged_into TEXT, 
	CONSTRAINT pk_persons PRIMARY KEY (run_area, person_id), 
	CONSTRAINT uq_persons_run_area_minted_seq UNIQUE (run_area, minted_seq)
);
INSERT INTO "persons" VALUES('469005','P1',1,'469005-1',1,NULL,NULL,NULL);
INSERT INTO "persons" VALUES('469005','P2',2,'469005-1',0,NULL,'469005-1','P1');
CREATE TABLE queue_items (
	run_area TEXT NOT NULL, 
	item_id TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	unique_id TEXT NOT NULL, 
	person_id TEXT, 
	shown TEXT, 
	candidates TEXT NOT NULL, 
	priority INTEGER NOT NULL, 
	reason TEXT NOT NULL, 
	area TEXT, 
	township TEXT, 
	first_run_id TEXT NOT NULL, 
	content_hash TEXT NOT NULL, 
	state TEXT NOT NULL, 
	is_current BOOLEAN NOT NULL, 
	version INTEGER NOT NULL, 
	decided_by TEXT, 
	decided_at DATETIME, 
	decision_reason TEXT, 
	choice TEXT, 
	leased_by TEXT, 
	leased_until DATETIME, 
	CONSTRAINT pk_queue_items PRIMARY KEY (run_area, item_id), 
	CONSTRAINT ck_queue_items_state CHECK (state IN ('open', 'decided', 'withdrawn')), 
	CONSTRAINT ck_queue_items_decided_by CHECK (state <> 'decided' OR decided_by IS NOT NULL)
);
INSERT INTO "queue_items" VALUES('469005','q1','match','a','P1',NULL,'[]',500,'有 1 个可能的对应记录','469005','龙楼镇','469005-1','h2','decided',1,1,'li.wei','2016-06-16 01:00:00','','none',NULL,NULL);
CREATE TABLE runs (
	run_id TEXT NOT NULL, 
	area TEXT NOT NULL, 
	as_of DATE NOT NULL, 
	started_at DATETIME NOT NULL, 
	ended_at DATETIME, 
	code_version TEXT NOT NULL, 
	model_digest TEXT NOT NULL, 
	rules_digest TEXT NOT NULL, 
	sources TEXT NOT NULL, 
	counts TEXT NOT NULL, 
	state TEXT NOT NULL, 
	CONSTRAINT pk_runs PRIMARY KEY (run_id), 
	CONSTRAINT ck_runs_state CHECK (state IN ('started', 'published', 'failed'))
);
INSERT INTO "runs" VALUES('469005-1','469005','2016-06-15','2016-06-15 18:00:00','2016-06-15 18:05:00','0.1.0','m1','r1','{"roster":"d1"}','{}','published');
INSERT INTO "runs" VALUES('469005-2','469005','2016-06-16','2016-06-16 18:00:00','2016-06-16 18:01:00','0.1.0','m1','r1','{}','{}','failed');
CREATE INDEX ix_runs_area_state_ended_at ON runs (area, state, ended_at);
CREATE INDEX ix_links_run_area_person_id ON links (run_area, person_id);
CREATE INDEX ix_classifications_run_area_primary_class ON classifications (run_area, primary_class);
CREATE INDEX ix_findings_run_area_person_id ON findings (run_area, person_id);
CREATE INDEX ix_findings_run_area_unique_id ON findings (run_area, unique_id);
CREATE INDEX ix_queue_items_run_area_state_priority_item_id ON queue_items (run_area, state, priority, item_id);
CREATE INDEX ix_queue_items_run_area_leased_by ON queue_items (run_area, leased_by);
CREATE INDEX ix_queue_items_run_area_decided_by_decided_at ON queue_items (run_area, decided_by, decided_at);
CREATE INDEX ix_judgements_unique_id_l_unique_id_r_judgement_id ON judgements (unique_id_l, unique_id_r, judgement_id);
CREATE INDEX ix_judgements_run_area_item_id ON judgements (run_area, item_id);
CREATE INDEX ix_audit_subject ON audit (subject);
CREATE TRIGGER judgements_no_update BEFORE UPDATE ON judgements BEGIN SELECT RAISE(ABORT, 'judgements is append-only'); END;
CREATE TRIGGER judgements_no_delete BEFORE DELETE ON judgements BEGIN SELECT RAISE(ABORT, 'judgements is append-only'); END;
CREATE TRIGGER judgements_no_replace BEFORE INSERT ON judgements WHEN EXISTS (SELECT 1 FROM judgements WHERE judgement_id = NEW.judgement_id) BEGIN SELECT RAISE(ABORT, 'judgements is append-only'); END;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE seq = NEW.seq) BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('judgements',1);
COMMIT;
