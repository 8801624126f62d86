import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';

interface HoldingColumns {
  id: string;
  plane: string;
  role: string;
  scope: string;
  principal: string;
  kind: string;
}

/** The columns that questions ask about. Instants are given as text. */
interface Tables {
  schedule: HoldingColumns & { start: string; end: string | null; ended_at: string | null };
  request: HoldingColumns & { requestor: string; state: string; approvers: string[] };
  principal: {
    id: string;
    kind: string;
    display_name: string;
    app_id: string | null;
    upn_key: string | null;
    mail_key: string | null;
    name_key: string;
  };
}

/** Writes SQL and runs none: the pool does. */
export const database = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});
