// 导出: which paper is wanted, of what; what takes long is written down for a job, and said.
import { z } from 'zod';
import { type ActContext, action, type Role } from './act.ts';
import { askedLedger, orderLedger } from './ledger.ts';
import { scopeAbout } from './scope.ts';

const asked = z.object({
  scope: askedLedger.default({}),
  paper: z.string().optional(),
  number: z.string().optional(),
});
type Asked = z.infer<typeof asked>;

const result = z.object({
  /** What is being made; empty when nothing is. */
  making: z.string(),
  /** Why nothing is made, as a word that the texts know. */
  need: z.string(),
  about: scopeAbout,
  number: z.string(),
});
type Result = z.infer<typeof result>;

const NOTHING = { area: '', school: '', stage: '', period: '', mine: false, schools: 0 };
const none = (need: string): Result => ({ making: '', need, about: NOTHING, number: '' });

export const exportPaper = action({
  name: 'paper.export',
  roles: ['inspector', 'area-leader', 'school-inspector', 'principal', 'office', 'director'] satisfies Role[],
  input: asked,
  result,
  run: (context, input) => exported(context, input),
});

async function exported(context: ActContext, { scope, paper = 'ledger' }: Asked): Promise<Result> {
  switch (paper) {
    case 'ledger':
      return { making: 'ledger', need: '', about: (await orderLedger(context, scope)).about, number: '' };
    default:
      return none('unknown');
  }
}
