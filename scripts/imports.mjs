// The import rules of .dependency-cruiser.cjs, and a guard that the tool really read the sources: with a TypeScript it
// does not know it reports success over 0 modules.
import { createRequire } from 'node:module';
import { cruise } from 'dependency-cruiser';

const rules = createRequire(import.meta.url)('../.dependency-cruiser.cjs');
if (!process.version.startsWith('v24.'))
  throw new Error(`the import check runs on Node 24, not ${process.version}`);
const { output } = await cruise(['src'], {
  ruleSet: { forbidden: rules.forbidden },
  validate: true,
  ...rules.options,
});
const { totalCruised, violations } = output.summary;
for (const { rule, from, to } of violations) console.error(`${from} -> ${to}: ${rule.name}`);
if (totalCruised === 0) console.error('no module was read: the import check checked nothing');
console.log(`imports: ${totalCruised} modules, ${violations.length} violations`);
process.exit(violations.length > 0 || totalCruised === 0 ? 1 : 0);
