-- A store of revision 0001 with rows, as a first installation left it: dumped once, never edited. Synthetic.
CREATE FUNCTION public.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$;
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.audit (
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    details text NOT NULL,
    prev_hash text NOT NULL,
    row_hash text NOT NULL
);
CREATE TABLE public.classifications (
    run_area text NOT NULL,
    person_id text NOT NULL,
    primary_class text NOT NULL,
    flags text NOT NULL,
    population text NOT NULL,
    area text,
    township text,
    branch text,
    entity_id text,
    reason text NOT NULL
);
CREATE TABLE public.findings (
    run_area text NOT NULL,
    finding_id text NOT NULL,
    rule_code text NOT NULL,
    evidence_grade text NOT NULL,
    unique_id text,
    person_id text,
    is_false_entry boolean NOT NULL,
    message text NOT NULL,
    evidence text NOT NULL,
    first_run_id text NOT NULL,
    content_hash text NOT NULL,
    state text NOT NULL,
    is_current boolean NOT NULL,
    version integer NOT NULL,
    decided_by text,
    decided_at timestamp with time zone,
    decision_reason text,
    CONSTRAINT ck_findings_decided_by CHECK (((state <> ALL (ARRAY['upheld'::text, 'dismissed'::text])) OR (decided_by IS NOT NULL))),
    CONSTRAINT ck_findings_state CHECK ((state = ANY (ARRAY['proposed'::text, 'upheld'::text, 'dismissed'::text, 'withdrawn'::text])))
);
CREATE TABLE public.judgements (
    judgement_id bigint NOT NULL,
    run_area text NOT NULL,
    unique_id_l text NOT NULL,
    unique_id_r text NOT NULL,
    judgement text,
    withdraws bigint,
    reviewer text NOT NULL,
    reason text NOT NULL,
    run_id text,
    item_id text,
    evidence text NOT NULL,
    decided_at timestamp with time zone NOT NULL,
    CONSTRAINT ck_judgements_judgement CHECK ((judgement = ANY (ARRAY['positive'::text, 'negative'::text, 'unsure'::text]))),
    CONSTRAINT ck_judgements_judges_or_withdraws CHECK (((judgement IS NULL) <> (withdraws IS NULL))),
    CONSTRAINT ck_judgements_pair CHECK ((unique_id_l <> unique_id_r))
);
CREATE SEQUENCE public.judgements_judgement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.judgements_judgement_id_seq OWNED BY public.judgements.judgement_id;
CREATE TABLE public.links (
    run_area text NOT NULL,
    unique_id text NOT NULL,
    person_id text NOT NULL
);
CREATE TABLE public.persons (
    run_area text NOT NULL,
    person_id text NOT NULL,
    minted_seq bigint NOT NULL,
    minted_run text NOT NULL,
    is_member boolean NOT NULL,
    split_from text,
    retired_run text,
    merged_into text
);
CREATE TABLE public.queue_items (
    run_area text NOT NULL,
    item_id text NOT NULL,
    kind text NOT NULL,
    unique_id text NOT NULL,
    person_id text,
    shown text,
    candidates text NOT NULL,
    priority bigint NOT NULL,
    reason text NOT NULL,
    area text,
    township text,
    first_run_id text NOT NULL,
    content_hash text NOT NULL,
    state text NOT NULL,
    is_current boolean NOT NULL,
    version integer NOT NULL,
    decided_by text,
    decided_at timestamp with time zone,
    decision_reason text,
    choice text,
    leased_by text,
    leased_until timestamp with time zone,
    CONSTRAINT ck_queue_items_decided_by CHECK (((state <> 'decided'::text) OR (decided_by IS NOT NULL))),
    CONSTRAINT ck_queue_items_state CHECK ((state = ANY (ARRAY['open'::text, 'decided'::text, 'withdrawn'::text])))
);
CREATE TABLE public.runs (
    run_id text NOT NULL,
    area text NOT NULL,
    as_of date NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    code_version text NOT NULL,
    model_digest text NOT NULL,
    rules_digest text NOT NULL,
    sources text NOT NULL,
    counts text NOT NULL,
    state text NOT NULL,
    CONSTRAINT ck_runs_state CHECK ((state = ANY (ARRAY['started'::text, 'published'::text, 'failed'::text])))
);
ALTER TABLE ONLY public.judgements ALTER COLUMN judgement_id SET DEFAULT nextval('public.judgements_judgement_id_seq'::regclass);
INSERT INTO public.alembic_version VALUES ('0001');
INSERT INTO public.audit VALUES (1, '2016-06-16 01:00:00+00', 'longlou', 'published', 'run 469005-1', '{"area":"469005"}', '0000000000000000000000000000000000000000000000000000000000000000', '9639e07411cf8c6e708b811da5bc888e1fff71a5145210e692298bf905874df5');
INSERT INTO public.audit VALUES (2, '2016-06-16 01:01:00+00', 'li.wei', 'finding upheld', 'finding 469005/f1', '{"area":"469005"}', '9639e07411cf8c6e708b811da5bc888e1fff71a5145210e692298bf905874df5', 'a32c73d4f1b165e2302aa701deeda4b3e7d8f9bde3337cf475c775b07ec7719d');
INSERT INTO public.classifications VALUES ('469005', 'P1', 'lost', '', 'small_enterprise', '469005', '龙楼镇', '龙楼镇第一支部', NULL, '半年无联系');
INSERT INTO public.findings VALUES ('469005', 'f1', 'F04', 'A', 'a', 'P1', true, '已去世', '{}', '469005-1', 'h1', 'upheld', true, 1, 'li.wei', '2016-06-16 01:00:00+00', '核对原件');
INSERT INTO public.judgements VALUES (1, '469005', 'a', 'z', 'negative', NULL, 'li.wei', '同名不同人', '469005-1', 'q1', '{"weight":3.5}', '2016-06-16 01:00:00+00');
INSERT INTO public.links VALUES ('469005', 'a', 'P1');
INSERT INTO public.links VALUES ('469005', 'b', 'P1');
INSERT INTO public.persons VALUES ('469005', 'P1', 1, '469005-1', true, NULL, NULL, NULL);
INSERT INTO public.persons VALUES ('469005', 'P2', 2, '469005-1', false, NULL, '469005-1', 'P1');
INSERT INTO public.queue_items VALUES ('469005', 'q1', 'match', 'a', 'P1', NULL, '[]', 500, '有 1 个可能的对应记录', '469005', '龙楼镇', '469005-1', 'h2', 'decided', true, 1, 'li.wei', '2016-06-16 01:00:00+00', '', 'none', NULL, NULL);
INSERT INTO public.runs VALUES ('469005-1', '469005', '2016-06-15', '2016-06-15 18:00:00+00', '2016-06-15 18:05:00+00', '0.1.0', 'm1', 'r1', '{"roster":"d1"}', '{}', 'published');
INSERT INTO public.runs VALUES ('469005-2', '469005', '2016-06-16', '2016-06-16 18:00:00+00', '2016-06-16 18:01:00+00', '0.1.0', 'm1', 'r1', '{}', '{}', 'failed');
SELECT pg_catalog.setval('public.judgements_judgement_id_seq', 1, false);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.audit
    ADD CONSTRAINT pk_audit PRIMARY KEY (seq);
ALTER TABLE ONLY public.classifications
    ADD CONSTRAINT pk_classifications PRIMARY KEY (run_area, person_id);
ALTER TABLE ONLY public.findings
    ADD CONSTRAINT pk_findings PRIMARY KEY (run_area, finding_id);
ALTER TABLE ONLY public.judgements
    ADD CONSTRAINT pk_judgements PRIMARY KEY (judgement_id);
ALTER TABLE ONLY public.links
    ADD CONSTRAINT pk_links PRIMARY KEY (run_area, unique_id);
ALTER TABLE ONLY public.persons
    ADD CONSTRAINT pk_persons PRIMARY KEY (run_area, person_id);
ALTER TABLE ONLY public.queue_items
    ADD CONSTRAINT pk_queue_items PRIMARY KEY (run_area, item_id);
ALTER TABLE ONLY public.runs
    ADD CONSTRAINT pk_runs PRIMARY KEY (run_id);
ALTER TABLE ONLY public.judgements
    ADD CONSTRAINT uq_judgements_withdraws UNIQUE (withdraws);
ALTER TABLE ONLY public.persons
    ADD CONSTRAINT uq_persons_run_area_minted_seq UNIQUE (run_area, minted_seq);
CREATE INDEX ix_audit_subject ON public.audit USING btree (subject);
CREATE INDEX ix_classifications_run_area_primary_class ON public.classifications USING btree (run_area, primary_class);
CREATE INDEX ix_findings_run_area_person_id ON public.findings USING btree (run_area, person_id);
CREATE INDEX ix_findings_run_area_unique_id ON public.findings USING btree (run_area, unique_id);
CREATE INDEX ix_judgements_run_area_item_id ON public.judgements USING btree (run_area, item_id);
CREATE INDEX ix_judgements_unique_id_l_unique_id_r_judgement_id ON public.judgements USING btree (unique_id_l, unique_id_r, judgement_id);
CREATE INDEX ix_links_run_area_person_id ON public.links USING btree (run_area, person_id);
CREATE INDEX ix_queue_items_run_area_decided_by_decided_at ON public.queue_items USING btree (run_area, decided_by, decided_at);
CREATE INDEX ix_queue_items_run_area_leased_by ON public.queue_items USING btree (run_area, leased_by);
CREATE INDEX ix_queue_items_run_area_state_priority_item_id ON public.queue_items USING btree (run_area, state, priority, item_id);
CREATE INDEX ix_runs_area_state_ended_at ON public.runs USING btree (area, state, ended_at);
CREATE TRIGGER audit_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER judgements_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.judgements FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
ALTER TABLE ONLY public.classifications
    ADD CONSTRAINT fk_classifications_run_area_person_id FOREIGN KEY (run_area, person_id) REFERENCES public.persons(run_area, person_id);
ALTER TABLE ONLY public.findings
    ADD CONSTRAINT fk_findings_run_area_person_id FOREIGN KEY (run_area, person_id) REFERENCES public.persons(run_area, person_id);
ALTER TABLE ONLY public.judgements
    ADD CONSTRAINT fk_judgements_withdraws FOREIGN KEY (withdraws) REFERENCES public.judgements(judgement_id);
ALTER TABLE ONLY public.links
    ADD CONSTRAINT fk_links_run_area_person_id FOREIGN KEY (run_area, person_id) REFERENCES public.persons(run_area, person_id);
